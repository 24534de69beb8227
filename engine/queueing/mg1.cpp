#include "engine/queueing/mg1.h"

#include "engine/distribution/residual.h"
#include "engine/queueing/mgc.h"

namespace plimsoll::queueing {

using Complex = std::complex<double>;

WaitTransform mg1Transform(double arrivalRate_per_s, const ServiceMoments& service,
                           std::function<Complex(Complex)> complement) {
    const Wait wait = mg1Wait(arrivalRate_per_s, service);
    return {wait, [complement = std::move(complement), mean = service.first, load = wait.probability](Complex s) {
                const Complex residual = complement(s) / (s * mean);
                return (1 - load) * residual / (1.0 - load * residual);
            }};
}

WaitTransform mg1Transform(double arrivalRate_per_s, const distribution::Distribution& service) {
    return mg1Transform(arrivalRate_per_s, serviceMoments(service),
                        [service](Complex s) { return distribution::complement(service, s); });
}

} // namespace plimsoll::queueing
