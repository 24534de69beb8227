// Clients: where request types start. They have no resources; their network is paid before each call.
#include "models/components/shared_parameters.h"
#include "models/lower/context.h"

#include <fmt/format.h>

namespace plimsoll::components {
namespace {

using document::Component;

std::vector<Parameter> parameters() {
    return {
        {.key = "rtt_s",
         .label = "Network round trip",
         .dimension = Dimension::Time,
         .minimum = 0,
         .maximum = 10,
         .defaultNumber = 0.02,
         .group = "Network",
         .help = "From clients to what they call and back; 20 ms (same country) is assumed. Distance between areas is "
                 "added"},
        {.key = "new_connection_share",
         .label = "New connections",
         .dimension = Dimension::Share,
         .minimum = 0,
         .maximum = 1,
         .defaultNumber = 0,
         .group = "Network",
         .help = "Share of requests that open a connection first; none is assumed (connections are kept alive)"},
        {.key = "setup_round_trips",
         .label = "Round trips to connect",
         .dimension = Dimension::Count,
         .minimum = 0,
         .maximum = 10,
         .defaultNumber = 2,
         .integer = true,
         .group = "Network",
         .help = "What opening a connection takes: 2 is TCP and TLS 1.3, 3 with TLS 1.2, 1 with QUIC"},
    };
}

std::string subtitle(const Component& component) {
    return fmt::format("Round trip {:g} ms", number(component, "rtt_s").value() * 1e3);
}

void declare(const Component&, lower::Context&) {}

flow::EntryId enter(const Component& component, const document::RequestClass& requestClass, lower::Operation operation,
                    lower::Context& context) {
    const lower::Approach network{.roundTrip = seconds(number(component, "rtt_s").value()),
                                  .newConnection = {number(component, "new_connection_share").value()},
                                  .setupRoundTrips = number(component, "setup_round_trips").value()};
    return context.addEntry(component, requestClass, operation,
                            context.downstream(component, requestClass, operation, network));
}

} // namespace

const ComponentType& clients() {
    static const ComponentType type{.id = "clients",
                                    .label = "Clients",
                                    .category = "Traffic and edge",
                                    .help = "People or programs whose requests start here",
                                    .capabilities = {.startsClasses = true, .acceptsCalls = false},
                                    .parameters = parameters(),
                                    .subtitle = subtitle,
                                    .declare = declare,
                                    .enter = enter};
    return type;
}

} // namespace plimsoll::components
