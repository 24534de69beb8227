// SQL database: one machine with cores, a disk behind its buffer pool, and connections where they are limited.
#include "models/components/shared_parameters.h"
#include "models/lower/context.h"

#include <fmt/format.h>

namespace plimsoll::components {
namespace {

using document::Component;

std::vector<Parameter> workParameters() {
    return {
        {.key = "cores",
         .label = "Cores",
         .dimension = Dimension::Count,
         .minimum = 1,
         .maximum = 1024,
         .defaultNumber = 4,
         .integer = true,
         .group = "Machine",
         .help = "Cores of the machine; 4 are assumed"},
        {.key = "connections",
         .label = "Connections",
         .dimension = Dimension::Count,
         .minimum = 1,
         .maximum = 100'000,
         .integer = true,
         .group = "Machine",
         .help = "Queries under way at once; more are refused",
         .absent = "no limit"},
        {.key = "read_s",
         .label = "Read CPU time",
         .dimension = Dimension::Time,
         .minimum = 0,
         .maximum = kLongestTime_s,
         .defaultNumber = 0.002,
         .byClass = true,
         .group = "Work per request",
         .help = "Mean per read; 2 ms is assumed"},
        {.key = "write_s",
         .label = "Write CPU time",
         .dimension = Dimension::Time,
         .minimum = 0,
         .maximum = kLongestTime_s,
         .defaultNumber = 0.005,
         .byClass = true,
         .group = "Work per request",
         .help = "Mean per write; 5 ms is assumed"},
        {.key = "cpu_scv",
         .label = "CPU time SCV",
         .dimension = Dimension::Ratio,
         .minimum = 0,
         .maximum = kLargestScv,
         .defaultNumber = 1,
         .byClass = true,
         .group = "Work per request",
         .help = "Squared coefficient of variation: 0 constant, 1 exponential (assumed)"},
        discipline(),
    };
}

std::vector<Parameter> diskParameters() {
    return {
        {.key = "buffer_hit_ratio",
         .label = "Buffer-pool hits",
         .dimension = Dimension::Share,
         .minimum = 0,
         .maximum = 1,
         .defaultNumber = 1,
         .group = "Disk",
         .help = "Share of reads that need no disk; all data in memory is assumed"},
        {.key = "disk_s",
         .label = "Disk read",
         .dimension = Dimension::Time,
         .minimum = 0,
         .maximum = kLongestTime_s,
         .defaultNumber = 0.001,
         .group = "Disk",
         .help = "Mean of a read that misses the buffer pool; 1 ms (network-attached SSD) is assumed"},
        {.key = "commit_s",
         .label = "Disk write",
         .dimension = Dimension::Time,
         .minimum = 0,
         .maximum = kLongestTime_s,
         .defaultNumber = 0,
         .group = "Disk",
         .help = "Mean time to make a write durable; 0 (assumed) leaves the disk out of writes"},
        {.key = "disk_scv",
         .label = "Disk time SCV",
         .dimension = Dimension::Ratio,
         .minimum = 0,
         .maximum = kLargestScv,
         .defaultNumber = 1,
         .group = "Disk",
         .help = "Squared coefficient of variation: 0 constant, 1 exponential (assumed)"},
        {.key = "disk_parallel",
         .label = "Disk requests at once",
         .dimension = Dimension::Count,
         .minimum = 1,
         .maximum = 100'000,
         .defaultNumber = 8,
         .integer = true,
         .group = "Disk",
         .help = "Requests the disk serves at once: IOPS x the time of one; 8 are assumed"},
        contentionSigma(),
        coherencyKappa(),
        meanTimeBetweenFailures(),
        repairTime(),
    };
}

std::vector<Parameter> parameters() {
    std::vector<Parameter> all = workParameters();
    for (auto& parameter : diskParameters()) all.push_back(std::move(parameter));
    return all;
}

std::string subtitle(const Component& component) {
    const auto cores = wholeNumber(component, "cores").value();
    return fmt::format("{} {}", cores, cores == 1 ? "core" : "cores");
}

std::vector<document::Error> validate(const Component& component) {
    return whyContentionNeedsBound(component, "connections");
}

double missShare(const Component& component) {
    return 1 - number(component, "buffer_hit_ratio").value();
}

void declare(const Component& component, lower::Context& context) {
    context.addFleet(component, {}, failures(component));
    flow::Station cpu;
    cpu.servers = wholeNumber(component, "cores");
    cpu.discipline = disciplineOf(component);
    cpu.contention = contention(component);
    context.addStation(component, "cpu", cpu);
    if (missShare(component) > 0 || number(component, "commit_s").value() > 0) {
        flow::Station disk;
        disk.servers = wholeNumber(component, "disk_parallel");
        context.addStation(component, "disk", disk);
    }
    if (const auto connections = wholeNumber(component, "connections")) {
        flow::Pool pool;
        pool.tokens = *connections;
        pool.queueLimit = 0;
        context.addPool(component, "connections", pool);
    }
}

flow::EntryId enter(const Component& component, const document::RequestClass& requestClass, lower::Operation operation,
                    lower::Context& context) {
    const auto& id = requestClass.id;
    const bool reads = operation == lower::Operation::Read;
    const double diskScv = number(component, "disk_scv").value();
    const auto cpu = context.serve(component, "cpu", number(component, reads ? "read_s" : "write_s", id).value(),
                                   number(component, "cpu_scv", id).value());
    auto disk = context.nothing();
    if (!reads) disk = context.serve(component, "disk", number(component, "commit_s").value(), diskScv);
    if (reads && missShare(component) > 0)
        disk = context.sometimes(component, missShare(component),
                                 context.serve(component, "disk", number(component, "disk_s").value(), diskScv));
    return context.addEntry(component, requestClass, operation,
                            context.hold(component, "connections", context.sequence(component, {cpu, disk})));
}

} // namespace

const ComponentType& sqlDatabase() {
    static const ComponentType type{.id = "sql_database",
                                    .label = "SQL database",
                                    .category = "Data",
                                    .help = "A primary that answers reads and writes",
                                    .capabilities = {.makesCalls = false, .isDatabase = true},
                                    .parameters = parameters(),
                                    .subtitle = subtitle,
                                    .declare = declare,
                                    .enter = enter,
                                    .validate = validate};
    return type;
}

} // namespace plimsoll::components
