// Service: instances with cores, and threads where they are limited; a monolith or a microservice.
#include "models/components/shared_parameters.h"
#include "models/lower/context.h"

#include <fmt/format.h>

namespace plimsoll::components {
namespace {

using document::Component;

std::vector<Parameter> machineParameters() {
    return {
        {.key = "instances",
         .label = "Instances",
         .dimension = Dimension::Count,
         .minimum = 1,
         .maximum = 100'000,
         .defaultNumber = 2,
         .integer = true,
         .group = "Machine",
         .help = "Equal instances; 2 are assumed"},
        {.key = "vcpus",
         .label = "vCPUs",
         .dimension = Dimension::Count,
         .minimum = 1,
         .maximum = 1024,
         .defaultNumber = 2,
         .integer = true,
         .group = "Machine",
         .help = "Cores of each instance; 2 are assumed"},
        {.key = "speed",
         .label = "Speed",
         .dimension = Dimension::Ratio,
         .minimum = 0.01,
         .maximum = 100,
         .defaultNumber = 1,
         .group = "Machine",
         .help = "Relative to the machine on which the CPU time was measured; the same is assumed"},
        {.key = "weight",
         .label = "Weight",
         .dimension = Dimension::Ratio,
         .minimum = 0,
         .maximum = 1000,
         .defaultNumber = 1,
         .group = "Machine",
         .help = "What a weighted policy gives each instance; 0 takes it out of use. 1 is assumed"},
    };
}

std::vector<Parameter> workParameters() {
    return {
        {.key = "cpu_s",
         .label = "CPU time",
         .dimension = Dimension::Time,
         .minimum = 0,
         .maximum = kLongestTime_s,
         .defaultNumber = 0.01,
         .byClass = true,
         .group = "Work per request",
         .help = "Mean per request, at speed 1; 10 ms is assumed"},
        {.key = "cpu_scv",
         .label = "CPU time SCV",
         .dimension = Dimension::Ratio,
         .minimum = 0,
         .maximum = kLargestScv,
         .defaultNumber = 1,
         .byClass = true,
         .group = "Work per request",
         .help = "Squared coefficient of variation: 0 constant, 1 exponential (assumed)"},
        {.key = "other_s",
         .label = "Other time",
         .dimension = Dimension::Time,
         .minimum = 0,
         .maximum = kLongestTime_s,
         .defaultNumber = 0,
         .byClass = true,
         .group = "Work per request",
         .help = "Fixed time that needs no core (sleep, lock, a call that is not drawn); none is assumed"},
        discipline(),
    };
}

std::vector<Parameter> limitParameters() {
    return {
        {.key = "threads",
         .label = "Threads",
         .dimension = Dimension::Count,
         .minimum = 1,
         .maximum = 1'000'000,
         .integer = true,
         .group = "Threads",
         .help = "Requests handled at once by each instance, each holding a thread while it waits for others",
         .absent = "no limit (event loop)"},
        {.key = "queue_limit",
         .label = "Queue for a thread",
         .dimension = Dimension::Count,
         .minimum = 0,
         .maximum = 1e8,
         .integer = true,
         .group = "Threads",
         .help = "Requests that wait for a thread in each instance; more are refused",
         .absent = "no limit"},
        {.key = "max_wait_s",
         .label = "Longest wait",
         .dimension = Dimension::Time,
         .minimum = 0.001,
         .maximum = kLongestTime_s,
         .group = "Threads",
         .help = "When a request gives up waiting for a thread",
         .absent = "no limit"},
        contentionSigma(),
        coherencyKappa(),
        meanTimeBetweenFailures(),
        repairTime(),
    };
}

std::vector<Parameter> parameters() {
    std::vector<Parameter> all = machineParameters();
    for (auto part : {workParameters(), limitParameters()}) all.insert(all.end(), part.begin(), part.end());
    return all;
}

std::string subtitle(const Component& component) {
    return fmt::format("Service ×{}, {} vCPU", wholeNumber(component, "instances").value(),
                       wholeNumber(component, "vcpus").value());
}

std::vector<document::Error> validate(const Component& component) {
    std::vector<document::Error> contradictions = whyContentionNeedsBound(component, "threads");
    for (const char* key : {"queue_limit", "max_wait_s"})
        if (number(component, key) && !number(component, "threads"))
            contradictions.push_back(
                {component.name, key,
                 fmt::format("{} has no effect without a limit of threads, 1 to 1000000", *number(component, key))});
    return contradictions;
}

void declare(const Component& component, lower::Context& context) {
    context.addFleet(component,
                     {.count = wholeNumber(component, "instances").value(),
                      .speed = number(component, "speed").value(),
                      .weight = number(component, "weight").value()},
                     failures(component));
    flow::Station cpu;
    cpu.servers = wholeNumber(component, "vcpus");
    cpu.discipline = disciplineOf(component);
    cpu.contention = contention(component);
    context.addStation(component, "cpu", cpu);
    if (const auto threads = wholeNumber(component, "threads")) {
        flow::Pool pool;
        pool.tokens = *threads;
        pool.queueLimit = wholeNumber(component, "queue_limit");
        if (const auto longest = number(component, "max_wait_s")) pool.maxWait = seconds(*longest);
        context.addPool(component, "threads", pool);
    }
}

flow::EntryId enter(const Component& component, const document::RequestClass& requestClass, lower::Operation operation,
                    lower::Context& context) {
    const auto& id = requestClass.id;
    const auto cpu = context.serve(component, "cpu", number(component, "cpu_s", id).value(),
                                   number(component, "cpu_scv", id).value());
    const auto other = context.delay(component, number(component, "other_s", id).value());
    // What a service reads and writes is up to its own links, whatever it was called for.
    const auto calls = context.downstream(component, requestClass, lower::Operation::Read);
    return context.addEntry(component, requestClass, operation,
                            context.hold(component, "threads", context.sequence(component, {cpu, other, calls})));
}

} // namespace

const ComponentType& service() {
    static const ComponentType type{.id = "service",
                                    .label = "Service",
                                    .category = "Compute",
                                    .help = "A monolith or microservice: equal instances with cores and threads",
                                    .parameters = parameters(),
                                    .subtitle = subtitle,
                                    .declare = declare,
                                    .enter = enter,
                                    .validate = validate};
    return type;
}

} // namespace plimsoll::components
