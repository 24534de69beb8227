// Area: a region, zone or VPC around others. Calls between areas that have a position pay the distance.
#include "models/components/component_type.h"

#include <fmt/format.h>

namespace plimsoll::components {
namespace {

using document::Component;

// Longest measured ratio of real to ideal round trips is 5.33 (Cape Town to Sao Paulo); the median of 22 pairs is 1.73.
constexpr double kLargestStretch = 10;
constexpr double kMedianStretch = 1.73;

std::vector<Parameter> parameters() {
    return {
        {.key = "kind",
         .label = "Kind",
         .dimension = Dimension::Word,
         .defaultWord = "region",
         .choices = {{"region", "Region"}, {"zone", "Zone"}, {"vpc", "VPC"}},
         .group = "Place",
         .help = "What the frame stands for"},
        {.key = "latitude_deg",
         .label = "Latitude",
         .dimension = Dimension::Degrees,
         .minimum = -90,
         .maximum = 90,
         .group = "Place",
         .help = "Degrees north; with the longitude it gives the distance to other areas",
         .absent = "no position"},
        {.key = "longitude_deg",
         .label = "Longitude",
         .dimension = Dimension::Degrees,
         .minimum = -180,
         .maximum = 180,
         .group = "Place",
         .help = "Degrees east",
         .absent = "no position"},
        {.key = "stretch",
         .label = "Path stretch",
         .dimension = Dimension::Ratio,
         .minimum = 1,
         .maximum = kLargestStretch,
         .defaultNumber = kMedianStretch,
         .group = "Place",
         .help =
             "Round trip over that of light in a straight fibre; 1.73, the median of 22 measured pairs of regions, is "
             "assumed. Of two areas the larger counts"},
    };
}

std::string subtitle(const Component& component) {
    std::string kind = word(component, "kind");
    for (const Choice& choice : findParameter(*findType(component.type), "kind")->choices)
        if (choice.word == kind) return std::string(choice.label);
    return kind;
}

std::vector<document::Error> validate(const Component& component) {
    const auto latitude = number(component, "latitude_deg");
    const auto longitude = number(component, "longitude_deg");
    if (latitude && !longitude)
        return {{component.name, "longitude_deg",
                 fmt::format("absent although the latitude is {}; -180 to 180 degrees", *latitude)}};
    if (longitude && !latitude)
        return {{component.name, "latitude_deg",
                 fmt::format("absent although the longitude is {}; -90 to 90 degrees", *longitude)}};
    return {};
}

} // namespace

const ComponentType& area() {
    static const ComponentType type{.id = "area",
                                    .label = "Area (region, zone, VPC)",
                                    .category = "Area",
                                    .help = "A region, zone or private network around other components",
                                    .capabilities = {.acceptsCalls = false, .makesCalls = false, .contains = true},
                                    .parameters = parameters(),
                                    .subtitle = subtitle,
                                    .validate = validate};
    return type;
}

} // namespace plimsoll::components
