// Cache: Redis, Memcached and the like, asked by its callers (aside) or standing before what it caches.
#include "models/components/shared_parameters.h"
#include "models/lower/context.h"

#include <fmt/format.h>

namespace plimsoll::components {
namespace {

using document::Component;

std::vector<Parameter> cachingParameters() {
    return {
        {.key = "pattern",
         .label = "Pattern",
         .dimension = Dimension::Word,
         .defaultWord = "aside",
         .choices = {{"aside", "Aside"}, {"read_through", "Read-through"}, {"write_through", "Write-through"}},
         .group = "Caching",
         .help = "Aside: callers ask the cache, then the database on a miss; the others ask what they are linked to"},
        {.key = "hit_ratio",
         .label = "Hit ratio",
         .dimension = Dimension::Share,
         .minimum = 0,
         .maximum = 1,
         .defaultNumber = 0.9,
         .group = "Caching",
         .help = "Share of reads that find their object; 90 % is assumed"},
    };
}

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
         .help = "Nodes that share the objects; each serves an equal part of the requests"},
        {.key = "threads",
         .label = "Threads",
         .dimension = Dimension::Count,
         .minimum = 1,
         .maximum = 1024,
         .defaultNumber = 1,
         .integer = true,
         .group = "Nodes",
         .help = "Requests that a node serves at once: 1 in Redis (assumed), several in Memcached"},
        {.key = "service_s",
         .label = "Service time",
         .dimension = Dimension::Time,
         .minimum = 0,
         .maximum = kLongestTime_s,
         .defaultNumber = 0.00002,
         .byClass = true,
         .group = "Nodes",
         .help = "Mean per request at the node; 20 µs (50 000 requests a second) is assumed"},
        {.key = "service_scv",
         .label = "Service time SCV",
         .dimension = Dimension::Ratio,
         .minimum = 0,
         .maximum = kLargestScv,
         .defaultNumber = 1,
         .group = "Nodes",
         .help = "Squared coefficient of variation: 0 constant, 1 exponential (assumed)"},
        meanTimeBetweenFailures(),
        repairTime(),
    };
}

std::vector<Parameter> parameters() {
    std::vector<Parameter> all = cachingParameters();
    for (auto& parameter : nodeParameters()) all.push_back(std::move(parameter));
    return all;
}

std::string subtitle(const Component& component) {
    const ComponentType* type = findType(component.type);
    const std::string pattern = word(component, "pattern");
    std::string_view label;
    for (const Choice& choice : findParameter(*type, "pattern")->choices)
        if (choice.word == pattern) label = choice.label;
    return fmt::format("{}, {:g} % hits", label, number(component, "hit_ratio").value() * 100);
}

void declare(const Component& component, lower::Context& context) {
    context.addFleet(component, {.count = wholeNumber(component, "nodes").value()}, failures(component));
    flow::Station cpu;
    cpu.servers = wholeNumber(component, "threads");
    context.addStation(component, "cpu", cpu);
    flow::Cache objects;
    objects.fixedHitRatio = Probability{number(component, "hit_ratio").value()};
    context.addCache(component, objects,
                     word(component, "pattern") == "aside" ? lower::LookedUpBy::Caller : lower::LookedUpBy::Itself);
}

flow::EntryId enter(const Component& component, const document::RequestClass& requestClass, lower::Operation operation,
                    lower::Context& context) {
    const std::string pattern = word(component, "pattern");
    const auto serve = [&] {
        return context.serve(component, "cpu", number(component, "service_s", requestClass.id).value(),
                             number(component, "service_scv").value());
    };
    std::vector<flow::StepId> steps{serve()};
    const auto calls = context.downstream(component, requestClass, operation); // refused for aside
    if (pattern != "aside" && operation == lower::Operation::Read) {
        // After a miss the object is put into the cache.
        steps.push_back(context.lookup(component, context.nothing(), context.sequence(component, {calls, serve()})));
    } else {
        steps.push_back(calls);
        if (pattern == "read_through" && operation == lower::Operation::Write)
            steps.push_back(context.invalidate(component));
    }
    return context.addEntry(component, requestClass, operation, context.sequence(component, steps));
}

} // namespace

const ComponentType& cache() {
    static const ComponentType type{.id = "cache",
                                    .label = "Cache",
                                    .category = "Data",
                                    .help = "Keeps objects in memory: Redis, Memcached",
                                    .capabilities = {.isCache = true},
                                    .parameters = parameters(),
                                    .subtitle = subtitle,
                                    .declare = declare,
                                    .enter = enter};
    return type;
}

} // namespace plimsoll::components
