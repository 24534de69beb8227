// Load balancer: its own nodes, and one balancer over everything it is linked to.
#include "models/components/balancing.h"
#include "models/components/shared_parameters.h"
#include "models/lower/context.h"

namespace plimsoll::components {
namespace {

using document::Component;

std::vector<Parameter> nodeParameters() {
    return {
        {.key = "nodes",
         .label = "Nodes",
         .dimension = Dimension::Count,
         .minimum = 1,
         .maximum = 10'000,
         .defaultNumber = 1,
         .integer = true,
         .group = "Nodes",
         .help = "Balancers side by side, chosen at random"},
        {.key = "vcpus",
         .label = "vCPUs",
         .dimension = Dimension::Count,
         .minimum = 1,
         .maximum = 1024,
         .defaultNumber = 2,
         .integer = true,
         .group = "Nodes",
         .help = "Cores of each node; 2 are assumed"},
        {.key = "cpu_s",
         .label = "CPU time",
         .dimension = Dimension::Time,
         .minimum = 0,
         .maximum = kLongestTime_s,
         .defaultNumber = 0.0001,
         .byClass = true,
         .group = "Nodes",
         .help = "Mean per request; 0.1 ms is assumed (nginx over loopback took 0.085 ms)"},
        {.key = "cpu_scv",
         .label = "CPU time SCV",
         .dimension = Dimension::Ratio,
         .minimum = 0,
         .maximum = kLargestScv,
         .defaultNumber = 1,
         .group = "Nodes",
         .help = "Squared coefficient of variation: 0 constant, 1 exponential (assumed)"},
        {.key = "connections",
         .label = "Connections",
         .dimension = Dimension::Count,
         .minimum = 1,
         .maximum = 1e7,
         .integer = true,
         .group = "Nodes",
         .help = "Requests under way at once on each node; more are refused",
         .absent = "no limit"},
    };
}

std::vector<Parameter> parameters() {
    std::vector<Parameter> all = policyParameters();
    for (auto part : {nodeParameters(), healthParameters(), {meanTimeBetweenFailures(), repairTime()}})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

std::string subtitle(const Component& component) {
    return std::string(policyLabel(component));
}

void declare(const Component& component, lower::Context& context) {
    context.addFleet(component, {.count = wholeNumber(component, "nodes").value()}, failures(component));
    flow::Station cpu;
    cpu.servers = wholeNumber(component, "vcpus");
    context.addStation(component, "cpu", cpu);
    if (const auto connections = wholeNumber(component, "connections")) {
        flow::Pool pool;
        pool.tokens = *connections;
        pool.queueLimit = 0;
        context.addPool(component, "connections", pool);
    }
    context.setBalancing(component, balancing(component, context));
}

flow::EntryId enter(const Component& component, const document::RequestClass& requestClass, lower::Operation operation,
                    lower::Context& context) {
    const auto cpu = context.serve(component, "cpu", number(component, "cpu_s", requestClass.id).value(),
                                   number(component, "cpu_scv").value());
    const auto calls = context.downstream(component, requestClass, operation);
    return context.addEntry(component, requestClass, operation,
                            context.hold(component, "connections", context.sequence(component, {cpu, calls})));
}

} // namespace

const ComponentType& loadBalancer() {
    static const ComponentType type{.id = "load_balancer",
                                    .label = "Load balancer",
                                    .category = "Traffic and edge",
                                    .help = "Spreads requests over the instances of what it is linked to",
                                    .capabilities = {.balances = true},
                                    .parameters = parameters(),
                                    .subtitle = subtitle,
                                    .declare = declare,
                                    .enter = enter};
    return type;
}

} // namespace plimsoll::components
