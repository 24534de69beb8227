#include "models/assess/agreement_text.h"

#include "models/text/figure_text.h"

#include <fmt/format.h>

#include <cmath>

namespace plimsoll::assess {

namespace {

text::Figure figure(AgreementLine::Kind kind, std::optional<double> value) {
    switch (kind) {
    case AgreementLine::Kind::Duration: return text::duration(value ? std::optional(Seconds{*value}) : std::nullopt);
    case AgreementLine::Kind::Rate: return text::rate(value ? std::optional(perSecond(*value)) : std::nullopt);
    case AgreementLine::Kind::Share: break;
    }
    return text::share(value);
}

std::string intervalText(const AgreementLine& line) {
    if (!line.interval) return figure(line.kind, {}).joined();
    const text::Figure low = figure(line.kind, line.interval->low), high = figure(line.kind, line.interval->high);
    return low.unit == high.unit ? fmt::format("{} – {}", low.number, high.joined())
                                 : fmt::format("{} – {}", low.joined(), high.joined());
}

std::string deviationText(const AgreementLine& line) {
    const auto off = deviation(line);
    if (!off) return figure(line.kind, {}).joined();
    constexpr double kNothing = 5e-5; // of which less than 0.01 % is left when rounded
    if (std::abs(*off) < kNothing) return "0 %";
    return fmt::format("{}{:.2g} %", *off < 0 ? "−" : "+", 100 * std::abs(*off));
}

} // namespace

AgreementText agreementText(const AgreementLine& line) {
    const auto inside = isInside(line);
    return {figure(line.kind, line.solved).joined(), figure(line.kind, line.simulated).joined(), intervalText(line),
            deviationText(line),
            !inside   ? ""
            : *inside ? "inside"
                      : "outside"};
}

} // namespace plimsoll::assess
