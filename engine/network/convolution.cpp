#include "engine/network/convolution.h"

#include "engine/network/convolution_stage.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <tuple>

namespace plimsoll::network {
namespace {

double firstDemand_s(const ClosedStation& station) {
    return station.rates_per_s.empty() ? station.demand_s : station.visits / station.rates_per_s.front();
}

/// Rounds a second that the station lets through.
double capacity_per_s(const ClosedStation& station) {
    return station.rates_per_s.empty() ? station.servers / station.demand_s
                                       : std::ranges::max(station.rates_per_s) / station.visits;
}

bool severalRates(const ClosedStation& station) {
    return !station.rates_per_s.empty() || station.servers > 1;
}

/// What is told apart before the convolution.
class Convolution {
public:
    Convolution(const ClosedNetwork& network, std::size_t population, ConvolutionScratch& scratch)
        : m_stations(network.stations), m_population(population), m_scratch(scratch) {
        double total = network.delay_s;
        for (const ClosedStation& station : m_stations) total += firstDemand_s(station);
        assert(total > 0 && std::isfinite(total));
        // A station that nobody waits for in double precision is a delay.
        m_scratch.order.clear();
        m_delay_s = network.delay_s;
        for (std::size_t i = 0; i < m_stations.size(); ++i) {
            if (isDelay(m_stations[i], total))
                m_delay_s += firstDemand_s(m_stations[i]);
            else
                m_scratch.order.push_back(i);
        }
        if (m_delay_s < total * kNegligible) m_delay_s = 0;
        // Single servers first: their numbers need no leaving out. Then the tightest first, so that what comes later
        // never saturates; what slows down under load comes last, because it costs most behind it.
        std::ranges::sort(m_scratch.order, {}, [this](std::size_t i) {
            const ClosedStation& s = m_stations[i];
            return std::make_tuple(severalRates(s), !std::ranges::is_sorted(s.rates_per_s), capacity_per_s(s), i);
        });
    }

    void throughput(std::span<double> throughput_per_s) {
        ClosedRates& whole = delayAlone();
        for (const std::size_t i : m_scratch.order) append(whole, i);
        std::ranges::copy(whole.rate_per_s, throughput_per_s.begin());
    }

    void numbers(std::span<double> throughput_per_s, std::span<double> numbers) {
        ClosedRates& whole = delayAlone();
        const auto several =
            std::ranges::find_if(m_scratch.order, [this](std::size_t i) { return severalRates(m_stations[i]); });
        const auto singles = std::size_t(several - m_scratch.order.begin());
        for (std::size_t k = 0; k < singles; ++k) append(whole, m_scratch.order[k]);
        m_numbers = numbers;
        m_throughput = throughput_per_s;
        if (singles == m_scratch.order.size())
            std::ranges::copy(whole.rate_per_s, throughput_per_s.begin());
        else
            leaveOneOut(0, singles, m_scratch.order.size());
        for (std::size_t i = 0; i < m_stations.size(); ++i) simpleNumbers(i);
    }

private:
    static constexpr double kNegligible = 1e-17;

    bool isDelay(const ClosedStation& station, double total_s) const {
        if (!station.rates_per_s.empty()) return false;
        return station.servers >= double(m_population) ||
               station.demand_s * double(m_population) < total_s * kNegligible;
    }

    ClosedRates& network(std::size_t index) {
        if (m_scratch.networks.size() <= index) m_scratch.networks.resize(index + 1);
        return m_scratch.networks[index];
    }

    ClosedRates& delayAlone() {
        network(1); // so that the reference stays
        ClosedRates& whole = network(0);
        whole.rate_per_s.resize(m_population);
        whole.empty = !(m_delay_s > 0);
        whole.rising = true;
        if (!whole.empty)
            for (std::size_t n = 0; n < m_population; ++n) whole.rate_per_s[n] = double(n + 1) / m_delay_s;
        return whole;
    }

    void append(ClosedRates& whole, std::size_t station) {
        ClosedRates& after = network(1);
        addStation(m_stations[station], whole, after, {}, m_scratch);
        std::swap(whole, after);
    }

    /// networks[2 x depth] holds everything but the stations order[first .. last); each of them comes last once.
    void leaveOneOut(std::size_t depth, std::size_t first, std::size_t last) {
        if (last - first == 1) {
            const std::size_t i = m_scratch.order[first];
            ClosedRates& after = network(2 * depth + 1);
            addStation(m_stations[i], network(2 * depth), after, m_numbers.subspan(i * m_population, m_population),
                       m_scratch);
            std::ranges::copy(after.rate_per_s, m_throughput.begin());
            return;
        }
        const std::size_t middle = (first + last) / 2;
        withoutHalf(depth, middle, last);
        leaveOneOut(depth + 1, first, middle);
        withoutHalf(depth, first, middle);
        leaveOneOut(depth + 1, middle, last);
    }

    /// networks[2 x depth + 2] = networks[2 x depth] and the stations order[first .. last).
    void withoutHalf(std::size_t depth, std::size_t first, std::size_t last) {
        network(2 * depth + 3);
        ClosedRates &next = network(2 * depth + 2), &other = network(2 * depth + 3);
        next = network(2 * depth);
        for (std::size_t k = first; k < last; ++k) {
            addStation(m_stations[m_scratch.order[k]], next, other, {}, m_scratch);
            std::swap(next, other);
        }
    }

    /// Numbers of delays (Little) and single servers (arrival theorem).
    void simpleNumbers(std::size_t i) {
        const ClosedStation& station = m_stations[i];
        const bool delay = std::ranges::find(m_scratch.order, i) == m_scratch.order.end();
        if (!delay && severalRates(station)) return;
        double number = 0;
        for (std::size_t n = 0; n < m_population; ++n) {
            number = m_throughput[n] * station.demand_s * (delay ? 1 : 1 + number);
            m_numbers[i * m_population + n] = number;
        }
    }

    std::span<const ClosedStation> m_stations;
    std::size_t m_population;
    ConvolutionScratch& m_scratch;
    double m_delay_s = 0;
    std::span<double> m_throughput, m_numbers;
};

} // namespace

void closedThroughput(const ClosedNetwork& network, std::span<double> throughput_per_s, ConvolutionScratch& scratch) {
    Convolution(network, throughput_per_s.size(), scratch).throughput(throughput_per_s);
}

void closedNumbers(const ClosedNetwork& network, std::span<double> throughput_per_s, std::span<double> numbers,
                   ConvolutionScratch& scratch) {
    assert(numbers.size() == network.stations.size() * throughput_per_s.size());
    Convolution(network, throughput_per_s.size(), scratch).numbers(throughput_per_s, numbers);
}

} // namespace plimsoll::network
