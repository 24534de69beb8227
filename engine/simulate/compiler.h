// The parts of compile(): resources first, then steps.
#pragma once
#include "engine/simulate/program.h"

#include <map>

namespace plimsoll::simulate {

class Compiler {
public:
    Compiler(const flow::Model& model, const flow::SolveOptions& options, bool timeline)
        : m_model(model), m_options(options), m_timeline(timeline) {}
    std::expected<Program, flow::Error> run();

private:
    void fleets();
    void stations();
    void pools();
    void limiters();
    void keysAndCaches();
    void balancers();
    void checkCandidates(const BalancerPlan& plan);
    void arrivals();
    void steps();
    void priorities();
    void memory();
    void alike();

    void compile(const flow::Sequence& body, Op& op);
    void compile(const flow::Repeat& body, Op& op);
    void compile(const flow::Serve& body, Op& op);
    void compile(const flow::Delay& body, Op& op);
    void compile(const flow::Call& body, Op& op);
    void compile(const flow::Spawn& body, Op& op);
    void compile(const flow::Parallel& body, Op& op);
    void compile(const flow::Choice& body, Op& op);
    void compile(const flow::Lookup& body, Op& op);
    void compile(const flow::Invalidate& body, Op& op);
    void compile(const flow::Hold& body, Op& op);
    void compile(const flow::Limit& body, Op& op);
    void compile(const flow::Fail& body, Op& op);
    void compile(const flow::Attempt& body, Op& op);
    void compile(const flow::Timeout& body, Op& op);

    void fail(flow::Error::Kind kind, std::string element, std::string field, std::string message);
    /// Points `op` to a resource of this fleet whose first instance is given.
    void use(Op& op, std::uint32_t first, flow::FleetId fleet);
    void callTargets(Op& op, flow::BalancerId via, const std::vector<flow::EntryId>& entries, bool findLeaf);
    std::uint32_t firstLeaf(flow::StepId root) const;
    std::uint32_t fleetSize(flow::FleetId fleet) const { return m_program.fleetSizes[std::size_t(fleet)]; }
    bool allDown(flow::FleetId fleet) const { return m_program.fleetDown[std::size_t(fleet)] >= fleetSize(fleet); }

    const flow::Model& m_model;
    const flow::SolveOptions& m_options;
    bool m_timeline;
    Program m_program;
    std::vector<std::map<std::uint8_t, std::uint8_t>> m_stationRanks, m_poolRanks; ///< priority -> dense rank
    std::optional<flow::Error> m_error;
};

} // namespace plimsoll::simulate
