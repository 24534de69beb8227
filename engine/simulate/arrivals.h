// When requests of the open classes arrive.
#pragma once
#include "engine/simulate/machine_settings.h"
#include "engine/simulate/program.h"

#include <limits>

namespace plimsoll::simulate {

/// The next arrival of each class; they stand beside the events, since at equal times an end comes first.
class Arrivals {
public:
    Arrivals(const Program& program, std::uint64_t seed) : m_program(program) {
        for (std::size_t cls = 0; cls < program.classes.size(); ++cls) {
            m_random.emplace_back(seedOf(seed, kArrivals, cls));
            m_rates.push_back(program.classes[cls].closed ? 0 : program.classes[cls].rate);
            m_times.push_back(kNever);
            schedule(cls, 0);
        }
        findNext();
    }
    double time() const { return m_time; } ///< infinity where nothing arrives any more
    std::size_t cls() const { return m_class; }
    /// The next one has arrived.
    void advance() {
        schedule(m_class, m_time);
        findNext();
    }
    /// Batches are geometric: after each request another one follows with the same probability.
    bool anotherInBatch(std::size_t cls) {
        const double batch = m_program.classes[cls].batch;
        return batch > 1 && m_random[cls].happens(1 - 1 / batch);
    }
    /// From `now` on the class has this rate of arrivals or batches.
    void setRate(std::size_t cls, double rate, double now) {
        m_rates[cls] = rate;
        schedule(cls, now);
        findNext();
    }

private:
    static constexpr double kNever = std::numeric_limits<double>::infinity();

    void schedule(std::size_t cls, double now) {
        m_times[cls] = m_rates[cls] > 0 ? now + m_program.classes[cls].gap(m_random[cls]) / m_rates[cls] : kNever;
    }
    void findNext() {
        m_time = kNever;
        for (std::size_t cls = 0; cls < m_times.size(); ++cls) {
            if (m_times[cls] >= m_time) continue;
            m_time = m_times[cls];
            m_class = cls;
        }
    }

    const Program& m_program;
    std::vector<Random> m_random;
    std::vector<double> m_rates, m_times; ///< by class
    double m_time = kNever;
    std::size_t m_class = 0;
};

} // namespace plimsoll::simulate
