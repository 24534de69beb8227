#include "engine/simulate/sampler.h"

namespace plimsoll::simulate {

Sampler::Sampler(const flow::Distribution& law) {
    double weights = 0;
    for (const flow::Phase& phase : law.phases) {
        if (phase.weight.value <= 0) continue;
        const Part part{toSeconds(phase.offset), toSeconds(phase.scale), phase.shape};
        m_mean += phase.weight.value * (part.offset + part.shape * part.scale);
        weights += phase.weight.value;
        m_mixture.push_back(part);
        m_upTo.push_back(weights);
    }
    if (m_mixture.size() != 1) {
        m_kind = Kind::Mixture;
        return;
    }
    m_single = m_mixture.front();
    if (m_single.scale == 0)
        m_kind = Kind::Constant;
    else
        m_kind = m_single.shape == 1 ? Kind::Exponential : Kind::Gamma;
    m_mixture.clear();
    m_upTo.clear();
}

double Sampler::draw(const Part& part, Random& random) {
    if (part.scale == 0) return part.offset;
    return part.offset + part.scale * (part.shape == 1 ? random.exponential() : random.gamma(part.shape));
}

double Sampler::drawGeneral(Random& random) const {
    if (m_kind == Kind::Gamma) return draw(m_single, random);
    const double u = random.uniform() * m_upTo.back();
    std::size_t i = 0;
    while (i + 1 < m_upTo.size() && u >= m_upTo[i]) ++i;
    return draw(m_mixture[i], random);
}

} // namespace plimsoll::simulate
