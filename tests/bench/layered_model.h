// Seeded models for benchmarks and for tests of properties: components in layers, as a backend is drawn.
#pragma once
#include "engine/distribution/distribution.h"
#include "engine/flow/model.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <string>

namespace plimsoll::bench {

struct LayeredShape {
    std::uint32_t components = 50, classes = 5;
    bool dense = false;       // every class visits every component; otherwise about 20 of them
    double utilisation = 0.7; // of the busiest station
    std::uint64_t seed = 1;
};

/// Components are fleets of 1 to 4 instances behind a random balancer; every other one shares its cores between
/// requests (a demand by class), the others serve in order of arrival (one demand for all). An entry serves, then calls
/// three components of the next layer over links of 0.5 ms; what a class visits and in which layer is drawn for each
/// class.
class LayeredModel {
public:
    explicit LayeredModel(const LayeredShape& shape) : m_shape(shape), m_random(shape.seed) {
        makeComponents();
        for (std::uint32_t c = 0; c < shape.classes; ++c) makeClass(c);
        normalise();
    }
    flow::Model take() { return std::move(m_model); }

private:
    using StepId = flow::StepId;

    std::uint32_t draw(std::uint32_t below) { return std::uint32_t(m_random() % below); }
    double drawTime() { return 1e-4 * std::pow(100.0, double(m_random() >> 11) * 0x1p-53); } // 0.1 to 10 ms

    StepId step(flow::Body body) {
        m_model.steps.push_back({{}, std::move(body)});
        return StepId(m_model.steps.size() - 1);
    }
    void makeComponents() {
        for (std::uint32_t i = 0; i < m_shape.components; ++i) {
            const auto fleet = flow::FleetId(m_model.fleets.size());
            m_model.fleets.push_back({{}, {{.count = 1 + draw(4)}}, {}});
            flow::Station station;
            station.fleet = fleet;
            station.servers = 1 + draw(8);
            station.discipline = i % 2 == 0 ? flow::Discipline::ProcessorSharing : flow::Discipline::Fcfs;
            m_model.stations.push_back(station);
            flow::Balancer balancer;
            balancer.backends.push_back({fleet, 1});
            m_model.balancers.push_back(balancer);
            m_demand.push_back(drawTime());
            m_instances.push_back(m_model.fleets.back().members[0].count);
        }
    }
    /// Sizes of the layers: 1, 3, 7, 9 for twenty visited components, a tree of threes for all.
    std::vector<std::uint32_t> layers() const {
        if (!m_shape.dense) return {1, 3, 7, 9};
        std::vector<std::uint32_t> sizes;
        std::uint32_t left = m_shape.components, size = 1;
        for (; left > 0; size *= 3) {
            sizes.push_back(std::min(size, left));
            left -= sizes.back();
        }
        return sizes;
    }
    void makeClass(std::uint32_t cls) {
        std::vector<std::uint32_t> order(m_shape.components);
        std::iota(order.begin(), order.end(), 0U);
        std::ranges::shuffle(order, m_random);
        const auto sizes = layers();
        std::size_t used = 0;
        for (std::uint32_t size : sizes) used += size;
        std::vector<std::uint32_t> below; // components of the layer below, and their entries
        std::vector<flow::EntryId> belowEntries;
        for (std::size_t layer = sizes.size(); layer-- > 0;) {
            used -= sizes[layer];
            std::vector<std::uint32_t> here(order.begin() + std::ptrdiff_t(used),
                                            order.begin() + std::ptrdiff_t(used + sizes[layer]));
            std::vector<flow::EntryId> entries;
            for (std::size_t i = 0; i < here.size(); ++i) entries.push_back(makeEntry(here[i], i, below, belowEntries));
            below = std::move(here);
            belowEntries = std::move(entries);
        }
        const StepId root = step(flow::Call{flow::BalancerId{below[0]}, {belowEntries[0]}, 1, {}});
        m_model.classes.push_back({"class " + std::to_string(cls), {}, flow::Open{{10.0 + draw(90)}}, root});
    }
    flow::EntryId makeEntry(std::uint32_t component, std::size_t index, const std::vector<std::uint32_t>& below,
                            const std::vector<flow::EntryId>& belowEntries) {
        flow::Sequence sequence;
        const bool shares = component % 2 == 0;
        const double demand = shares ? m_demand[component] * (0.5 + double(draw(100)) / 100) : m_demand[component];
        sequence.steps.push_back(
            step(flow::Serve{flow::StationId{component}, distribution::exponential(Seconds{demand})}));
        for (std::size_t k = 0; k < 3 && !below.empty(); ++k) {
            const std::size_t to = m_shape.dense ? 3 * index + k : draw(std::uint32_t(below.size()));
            if (to >= below.size()) break;
            sequence.steps.push_back(step(flow::Delay{distribution::constant(Seconds{0.0005})}));
            sequence.steps.push_back(step(flow::Call{flow::BalancerId{below[to]}, {belowEntries[to]}, 1, {}}));
        }
        m_model.entries.push_back({{}, m_model.stations[component].fleet, step(std::move(sequence))});
        return flow::EntryId(m_model.entries.size() - 1);
    }
    /// Scales the demands so that every station is used between a fifth and all of the wanted utilisation.
    void normalise() {
        std::vector<double> work(m_shape.components, 0.0);
        for (const auto& cls : m_model.classes) {
            std::vector<double> visits(m_model.steps.size(), 0.0);
            visits[std::size_t(cls.root)] = std::get<flow::Open>(cls.arrivals).rate.value;
            for (std::size_t s = m_model.steps.size(); s-- > 0;) {
                if (visits[s] == 0) continue;
                if (const auto* serve = std::get_if<flow::Serve>(&m_model.steps[s].body))
                    work[std::size_t(serve->station)] += visits[s] * distribution::mean(serve->demand).count();
                else if (const auto* sequence = std::get_if<flow::Sequence>(&m_model.steps[s].body))
                    for (StepId child : sequence->steps) visits[std::size_t(child)] += visits[s];
                else if (const auto* call = std::get_if<flow::Call>(&m_model.steps[s].body))
                    visits[std::size_t(m_model.entries[std::size_t(call->entries[0])].root)] += visits[s];
            }
        }
        for (flow::Step& one : m_model.steps) {
            auto* serve = std::get_if<flow::Serve>(&one.body);
            if (!serve) continue;
            const auto c = std::size_t(serve->station);
            const double target = m_shape.utilisation * (0.2 + 0.8 * double(c % 10) / 9);
            const double used = work[c] / m_instances[c] / *m_model.stations[c].servers;
            if (!(used > 0)) continue; // no class reaches it
            serve->demand = distribution::scaled(serve->demand, target / used);
        }
    }

    LayeredShape m_shape;
    std::mt19937_64 m_random;
    flow::Model m_model;
    std::vector<double> m_demand;
    std::vector<std::uint32_t> m_instances;
};

inline flow::Model layeredModel(const LayeredShape& shape) {
    return LayeredModel(shape).take();
}

/// Stations of four servers in a row, all visited once by every class; utilisations 0.3 to 0.8.
inline flow::Model chainModel(std::uint32_t stations, std::uint32_t classes) {
    flow::Model model;
    const double rate = 100;
    for (std::uint32_t c = 0; c < classes; ++c) {
        flow::Sequence sequence;
        for (std::uint32_t s = 0; s < stations; ++s) {
            if (c == 0) model.stations.push_back({{}, {}, 4, {}, {}, {}});
            const double utilisation = 0.3 + 0.5 * double(s % 17) / 16;
            model.steps.push_back({{},
                                   flow::Serve{flow::StationId{s}, distribution::exponential(
                                                                       Seconds{utilisation * 4 / (rate * classes)})}});
            sequence.steps.push_back(flow::StepId(model.steps.size() - 1));
        }
        model.steps.push_back({{}, sequence});
        model.classes.push_back(
            {"class " + std::to_string(c), {}, flow::Open{{rate}}, flow::StepId(model.steps.size() - 1)});
    }
    return model;
}

} // namespace plimsoll::bench
