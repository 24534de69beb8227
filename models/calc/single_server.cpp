// One server: general service, setup, vacations, pauses, batches.
#include "engine/queueing/batch.h"
#include "engine/queueing/erlang.h"
#include "engine/queueing/ggc.h"
#include "engine/queueing/mg1.h"
#include "engine/queueing/mgc.h"
#include "engine/queueing/pauses.h"
#include "engine/queueing/setup.h"
#include "engine/queueing/vacation.h"
#include "models/calc/station_answer.h"
#include "models/calc/station_inputs.h"
#include "models/calc/station_topics.h"

namespace plimsoll::calc {
namespace {

void requireOneServer(ModelObject& object) {
    if (object.find("servers")) within(object, "servers", 1, 1);
}

/// An unlimited queue by the transform of its wait. Not asked for when overloaded.
StationAnswer answerByTransform(const Offered& offered, const Service& service,
                                const std::function<queueing::WaitTransform()>& transform) {
    queueing::WaitTransform wait;
    if (offered.steady()) wait = transform();
    return answerQueue(
        offered, {.wait = [&] { return wait.wait; },
                  .waitQuantile = [&](double level) { return queueing::waitQuantile(wait, level).count(); },
                  .responseQuantile =
                      [&](double level) { return queueing::responseQuantile(wait, service.law, level).count(); }});
}

struct Input {
    Offered offered;
    Service service;
};
Input read(ModelObject& object) {
    Input read;
    requireOneServer(object);
    read.offered.rate_per_s = arrivalRate_per_s(object);
    read.service = service(object);
    read.offered.serviceMean_s = read.service.mean();
    requireFcfs(object);
    skipWords(object);
    return read;
}

/// Without arrivals the first meets an idle server.
queueing::WaitTransform mg1(const Input& input) {
    if (!(input.offered.rate_per_s > 0)) return {};
    queueing::WaitTransform wait = queueing::mg1Transform(input.offered.rate_per_s, input.service.law);
    wait.wait = queueing::mg1Wait(input.offered.rate_per_s, input.service.moments);
    return wait;
}

} // namespace

ordered_json answerMg1(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const Input input = read(object);
    object.finish();
    StationAnswer answer = answerByTransform(input.offered, input.service, [&] { return mg1(input); });
    answer.set("service_third_moment_s3", input.service.moments.third);
    return answer.finish("mg1", flow::Exactness::Exact);
}

ordered_json answerSetup(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const Input input = read(object);
    const flow::Distribution setup = law(object, "setup");
    object.finish();
    return answerByTransform(input.offered, input.service,
                             [&] { return queueing::setupWait(input.offered.rate_per_s, input.service.law, setup); })
        .finish("setup", flow::Exactness::Exact);
}

ordered_json answerVacation(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const Input input = read(object);
    const flow::Distribution vacation = law(object, "vacation");
    object.finish();
    return answerByTransform(
               input.offered, input.service,
               [&] { return queueing::vacationWait(input.offered.rate_per_s, input.service.law, vacation); })
        .finish("vacation", flow::Exactness::Exact);
}

ordered_json answerPauses(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const Input input = read(object);
    const queueing::Pauses pauses{within(object, "pause_rate_per_s_of_running_time", 0, kLargest),
                                  law(object, "pause")};
    object.finish();
    const queueing::ServiceMoments paused = queueing::pausedService(input.service.moments, pauses);
    const Offered offered{1, input.offered.rate_per_s, paused.first};
    queueing::PausedStation station;
    if (offered.steady()) station = queueing::pausedStation(offered.rate_per_s, input.service.law, pauses);
    StationAnswer answer = answerQueue(
        offered,
        {.wait = [&] { return station.wait.wait; },
         .waitQuantile = [&](double level) { return queueing::waitQuantile(station.wait, level).count(); },
         .responseQuantile = [&](double level) { return queueing::pausedResponseQuantile(station, level).count(); }});
    answer.set("utilisation_incl_pauses_in_service", offered.load());
    return answer.finish("pauses", flow::Exactness::Exact);
}

ordered_json answerBatch(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const double count = servers(object), batches = within(object, "batch_rate_per_s", 0, kLargest);
    const Service one = service(object);
    requireFcfs(object);
    skipWords(object);
    ModelObject sizes(object.required("batch_size"), object.at("batch_size"));
    constexpr std::array<std::string_view, 2> kLaws{"geometric", "constant"};
    const bool constant = sizes.wordOr("law", kLaws, 0) == 1;
    const double mean = constant ? wholeWithin(sizes, "mean", 1, 1e9) : within(sizes, "mean", 1, 1e9);
    skipWords(sizes);
    sizes.finish();
    object.finish();
    const queueing::BatchSize size{mean, constant ? queueing::BatchLaw::Constant : queueing::BatchLaw::Geometric};
    const Offered offered{count, batches * mean, one.mean()};
    if (count == 1) {
        return answerByTransform(offered, one,
                                 [&] {
                                     return batches > 0 ? queueing::batchWait(batches, size, one.law)
                                                        : queueing::WaitTransform{};
                                 })
            .finish("batch", flow::Exactness::Exact);
    }
    // Many servers: the batches as variability of the arrivals.
    return answerByTransform(offered, one,
                             [&] {
                                 return queueing::gammaTransform(queueing::ggcWait(
                                     {count, offered.load(), one.mean(), queueing::batchArrivalScv(size), one.scv(),
                                      queueing::erlangC(count, offered.load())}));
                             })
        .finish("ggc", flow::Exactness::Approximation);
}

} // namespace plimsoll::calc
