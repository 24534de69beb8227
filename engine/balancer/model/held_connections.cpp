#include "engine/balancer/model/held_connections.h"

#include "engine/balancer/model/shortest_queue.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::balancer {
namespace {

/// More than this many connections a server on average: as at this many, with what is left extrapolated.
constexpr double kMostConnections = 2000;
/// More busy cores a server than this: extrapolated at once.
constexpr double kMostBusy = 200;
/// More servers than this behave as so many: the spread of the chain is a thousandth of their number.
constexpr double kMostServers = 1e6;
constexpr double kNegligible = 1e-13;

/// The closed network of a station and a delay, at every number of requests from first() on, up to where the station is
/// always busy. Everything is scaled by powers of the rate per server, so that the numbers stay moderate.
class ClosedServer {
public:
    ClosedServer(const EqualServers& servers, double held)
        : m_cores(servers.cores), m_rate(servers.cores * servers.utilisation), m_mean(m_rate * held) {
        // Numbers in the delay: Poisson; below `first` they are so rare that no server comes down to them.
        m_first = std::max(0.0, std::floor(m_mean - 12 * std::sqrt(m_mean) - 20));
        // Up to where all cores are always busy, or to where no server comes.
        const double saturated = m_cores * (1 + held);
        const double likely = m_mean + m_rate * (1 + poissonPlaces(servers).first / m_cores);
        const double last = std::min(saturated + 10 * std::sqrt(saturated), likely + 12 * std::sqrt(likely) + 30) + 30;
        m_count = std::size_t(last - m_first);
        fillStation();
        fillNetwork();
    }

    double first() const { return m_first; }
    std::size_t count() const { return m_count; }
    /// Throughput with first() + i requests, in units of one core's rate; beyond the end all cores are busy.
    double throughput(std::size_t i) const {
        if (i >= m_count) return m_cores;
        return i == 0 ? 0 : m_rate * m_all[i - 1] / m_all[i];
    }
    /// What a further request would meet.
    Places places(std::size_t i) const {
        i = std::min(i, m_count - 1);
        return {m_full[i] / m_all[i], m_places[i] / m_all[i], (2 * m_triangle[i] - m_places[i]) / m_all[i]};
    }
    /// Adds the numbers at the station with first() + i requests, weighted.
    void addSeen(std::size_t i, double weight, Seen& seen) const {
        i = std::min(i, m_count - 1);
        double station = 1;
        for (std::size_t j = 0; j <= i && station > 0; ++j) {
            if (j > 0) station *= m_rate / std::min(double(j), m_cores);
            if (seen.size() <= j) seen.resize(j + 1);
            seen[j] += weight * station * m_delay[i - j] / m_all[i];
        }
    }

private:
    /// rate^j / j! below `cores`, as far as it counts, and the last of them.
    void fillStation() {
        const double count = std::min(std::ceil(m_cores), std::ceil(m_rate + 12 * std::sqrt(m_rate) + 40));
        double value = 1;
        for (double j = 0; j < count; ++j) {
            if (j > 0) value *= m_rate / j;
            m_station.push_back(value);
        }
        const double last = std::ceil(m_cores) - 1;
        m_lastStation = std::exp(last * std::log(m_rate) - std::lgamma(last + 1));
    }
    void fillNetwork() {
        m_delay.resize(m_count);
        const double top = std::clamp(std::floor(m_mean) - m_first, 0.0, double(m_count - 1));
        const auto peak = std::size_t(top);
        m_delay[peak] = 1;
        for (std::size_t i = peak + 1; i < m_count; ++i) m_delay[i] = m_delay[i - 1] * m_mean / (m_first + double(i));
        for (std::size_t i = peak; i-- > 0;) m_delay[i] = m_delay[i + 1] * (m_first + double(i) + 1) / m_mean;
        const double next = m_rate / m_cores;
        const double cores = std::ceil(m_cores);
        m_all.resize(m_count);
        m_full.resize(m_count);
        m_places.resize(m_count);
        m_triangle.resize(m_count);
        for (std::size_t i = 0; i < m_count; ++i) {
            // P(all cores busy), E[N] and E[N (N + 1) / 2] there, N = requests at the station beyond cores - 1.
            m_full[i] = i == 0 ? 0 : next * m_full[i - 1];
            if (double(i) >= cores) m_full[i] += next * m_lastStation * m_delay[i - std::size_t(cores)];
            m_places[i] = m_full[i] + (i == 0 ? 0 : next * m_places[i - 1]);
            m_triangle[i] = m_places[i] + (i == 0 ? 0 : next * m_triangle[i - 1]);
            m_all[i] = m_full[i];
            for (std::size_t j = 0; j < std::min(m_station.size(), i + 1); ++j)
                m_all[i] += m_station[j] * m_delay[i - j];
        }
    }

    double m_cores, m_rate, m_mean, m_first = 0, m_lastStation = 0;
    std::size_t m_count = 0;
    std::vector<double> m_station, m_delay, m_all, m_full, m_places, m_triangle;
};

/// The chain of all connections, outward from its most likely number.
class AllConnections {
public:
    AllConnections(const ClosedServer& server, const EqualServers& servers)
        : m_server(server), m_n(servers.count), m_rate(servers.count * servers.cores * servers.utilisation) {
        const double each = servers.cores * servers.utilisation;
        std::size_t level = 0;
        while (level < server.count() && server.throughput(level + 1) < each) ++level;
        const double below = server.throughput(level), above = server.throughput(level + 1);
        const double part = above > below ? std::clamp((each - below) / (above - below), 0.0, 1.0) : 0;
        const double start = std::floor(m_n * (server.first() + double(level) + part));
        walk(start, +1);
        walk(start, -1);
        for (double& w : m_weights) w /= m_total;
        m_mean /= m_total;
    }
    /// P(an arrival finds its server with first() + i connections).
    const std::vector<double>& weights() const { return m_weights; }
    double mean() const { return m_mean; }

private:
    double rateDown(double all) const {
        const double each = std::floor(all / m_n), more = all - each * m_n;
        const double i = each - m_server.first();
        if (i < 0) return 0;
        const auto level = std::size_t(i);
        return (m_n - more) * m_server.throughput(level) + more * m_server.throughput(level + 1);
    }
    void walk(double start, int step) {
        double probability = 1;
        for (double all = start; all >= 0; all += step) {
            if (all != start || step > 0) add(all, probability);
            if (step > 0 && std::size_t(all / m_n - m_server.first()) > m_server.count()) {
                addTail(all, probability);
                return;
            }
            const double ratio = step > 0 ? m_rate / rateDown(all + 1) : rateDown(all) / m_rate;
            probability *= ratio;
            if (!(probability > kNegligible)) return;
        }
    }
    void add(double all, double probability) {
        const double i = std::floor(all / m_n) - m_server.first();
        if (i < 0) return;
        if (m_weights.size() <= std::size_t(i)) m_weights.resize(std::size_t(i) + 1);
        m_weights[std::size_t(i)] += probability;
        m_total += probability;
        m_mean += all * probability;
    }
    /// All cores busy from here on: geometric.
    void addTail(double all, double probability) {
        const double ratio = m_rate / rateDown(all + 1), left = 1 - ratio, sum = probability * ratio / left;
        m_weights.back() += sum;
        m_total += sum;
        m_mean += sum * (all + 1 / left);
    }

    const ClosedServer& m_server;
    double m_n, m_rate, m_total = 0, m_mean = 0;
    std::vector<double> m_weights;
};

HeldFound within(const EqualServers& asked, double held, bool wantSeen) {
    EqualServers servers = asked;
    servers.count = std::min(servers.count, kMostServers);
    const ClosedServer server(servers, held);
    const AllConnections all(server, servers);
    const double rate = servers.count * servers.cores * servers.utilisation;
    HeldFound found;
    found.wait = std::max(0.0, all.mean() / rate - held - 1);
    for (std::size_t i = 0; i < all.weights().size(); ++i) {
        const double weight = all.weights()[i];
        if (!(weight > kNegligible)) continue;
        const Places places = server.places(i);
        found.places.waits += weight * places.waits;
        found.places.first += weight * places.first;
        found.places.second += weight * places.second;
        if (wantSeen) server.addSeen(i, weight, found.seen);
    }
    return found;
}

/// The odds of being like random grow as the time held to the power 0.75 (simulated from 1 to 30 services).
double later(double wait, double least, double random, double longer) {
    const double odds = (wait - least) / std::max(random - wait, 1e-300) * std::pow(longer, 0.75);
    return std::isfinite(odds) ? random - (random - least) / (1 + odds) : random;
}

} // namespace

HeldFound heldConnections(const EqualServers& servers, double held, bool seen) {
    const double random = poissonPlaces(servers).first / servers.cores;
    const double rate = servers.cores * servers.utilisation;
    const Places unheld = shortestQueuePlaces(servers);
    const double least = std::min(unheld.first / servers.cores, random);
    const double solved = std::min(held, kMostConnections / std::max(rate, 1.0));
    HeldFound found;
    double others = 0;
    if (rate <= kMostBusy) {
        found = within(servers, solved, seen);
        // Ties at random: as without the delay, but less the more of the count is elsewhere (own fit).
        others = 1 / ((1 + servers.cores * solved) * (1 + servers.cores * solved));
        found.wait *= 1 + 0.6 * std::pow(servers.count - 1, 0.8) * (1 - servers.utilisation) * others;
        found.wait = later(std::clamp(found.wait, least, random), least, random, held / solved);
    } else {
        // A sixth of the way after one service, as for few cores.
        found.wait = later(least + (random - least) / 6, least, random, held);
        found.places = poissonPlaces(servers);
        if (seen) found.seen = seenFrom(poissonBelow(servers.cores, rate), found.places);
    }
    const double first = found.wait * servers.cores;
    found.places = withMean(mixed(withMean(found.places, first), withMean(unheld, first), others), first);
    return found;
}

} // namespace plimsoll::balancer
