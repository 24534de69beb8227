#include "models/components/shared_parameters.h"

#include "models/lower/context.h"

#include <fmt/format.h>

namespace plimsoll::components {

Parameter meanTimeBetweenFailures() {
    return {.key = "mean_time_between_failures_s",
            .label = "Time between failures",
            .dimension = Dimension::Time,
            .minimum = 1,
            .maximum = 100 * 365.25 * kLongestTime_s,
            .group = "Availability",
            .help = "Mean time from repair to the next failure of one instance; up to 100 years",
            .absent = "never fails"};
}

Parameter repairTime() {
    return {.key = "repair_s",
            .label = "Time to repair",
            .dimension = Dimension::Time,
            .minimum = 0,
            .maximum = 30 * kLongestTime_s,
            .defaultNumber = 300,
            .group = "Availability",
            .help = "Mean time from failure to repair, exponential; 5 minutes is assumed"};
}

std::optional<flow::Failures> failures(const document::Component& component) {
    const auto between = number(component, "mean_time_between_failures_s");
    if (!between) return {};
    return flow::Failures{.meanTimeBetween = seconds(*between),
                          .repair = lower::timeOf(number(component, "repair_s").value(), 1),
                          .looks = flow::DownAs::RefusesAtOnce};
}

Parameter discipline() {
    return {.key = "discipline",
            .label = "Cores serve",
            .dimension = Dimension::Word,
            .defaultWord = "processor_sharing",
            .choices = {{"processor_sharing", "Shared (PS)"}, {"fcfs", "In turn (FCFS)"}},
            .group = "Work per request",
            .help = "How requests share the cores: an operating system shares time; an event loop takes them in order"};
}

flow::Discipline disciplineOf(const document::Component& component) {
    return word(component, "discipline") == "fcfs" ? flow::Discipline::Fcfs : flow::Discipline::ProcessorSharing;
}

Parameter contentionSigma() {
    return {.key = "sigma",
            .label = "Contention (sigma)",
            .dimension = Dimension::Ratio,
            .minimum = 0,
            .maximum = 1,
            .defaultNumber = 0,
            .group = "Contention",
            .help = "Share of the work that cannot overlap (locks), Universal Scalability Law; none is assumed"};
}

Parameter coherencyKappa() {
    return {.key = "kappa",
            .label = "Coherency (kappa)",
            .dimension = Dimension::Ratio,
            .minimum = 0,
            .maximum = 1,
            .defaultNumber = 0,
            .group = "Contention",
            .help = "Cost of keeping each pair of jobs consistent, Universal Scalability Law; none is assumed"};
}

flow::Contention contention(const document::Component& component) {
    return {.sigma = number(component, "sigma").value(), .kappa = number(component, "kappa").value()};
}

std::vector<document::Error> whyContentionNeedsBound(const document::Component& component, std::string_view boundKey) {
    const flow::Contention loss = contention(component);
    if (loss == flow::Contention{} || disciplineOf(component) == flow::Discipline::Fcfs || number(component, boundKey))
        return {};
    const ComponentType* type = findType(component.type);
    const Parameter* bound = findParameter(*type, boundKey);
    return {{component.name, std::string(boundKey),
             fmt::format("absent, but contention under time sharing needs a limit of {} to {}", bound->minimum,
                         bound->maximum)}};
}

} // namespace plimsoll::components
