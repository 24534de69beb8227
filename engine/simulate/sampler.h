// Draws from the mixtures of shifted gammas of flow/model.h.
#pragma once
#include "engine/flow/model.h"
#include "engine/simulate/random.h"

#include <vector>

namespace plimsoll::simulate {

/// One law, made ready for drawing; the common cases take one draw.
class Sampler {
public:
    Sampler() = default; ///< always 0
    explicit Sampler(const flow::Distribution& law);

    /// Seconds, >= 0.
    double operator()(Random& random) const {
        if (m_kind == Kind::Exponential) return m_single.offset + m_single.scale * random.exponential();
        if (m_kind == Kind::Constant) return m_single.offset;
        return drawGeneral(random);
    }
    double mean_s() const { return m_mean; }
    /// The one value of a constant law.
    bool isConstant() const { return m_kind == Kind::Constant; }

private:
    enum class Kind : std::uint8_t { Constant, Exponential, Gamma, Mixture };
    struct Part {
        double offset = 0, scale = 0, shape = 1;
    };
    double drawGeneral(Random& random) const;
    static double draw(const Part& part, Random& random);

    Kind m_kind = Kind::Constant;
    Part m_single; ///< of a law with one phase
    double m_mean = 0;
    std::vector<Part> m_mixture; ///< of the others
    std::vector<double> m_upTo;  ///< sums of their weights
};

} // namespace plimsoll::simulate
