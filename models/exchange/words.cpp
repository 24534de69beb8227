#include "models/exchange/words.h"

#include <array>

namespace plimsoll::exchange {

namespace {

using document::Metric;
using document::Mode;
using document::Protocol;
using flow::Cause;
using Kind = document::Provenance::Kind;

template <class Enum> struct Entry {
    Enum value;
    std::string_view word;
};

constexpr std::array kMetrics = {Entry{Metric::Mean, "mean_s"},
                                 Entry{Metric::P50, "p50_s"},
                                 Entry{Metric::P90, "p90_s"},
                                 Entry{Metric::P95, "p95_s"},
                                 Entry{Metric::P99, "p99_s"},
                                 Entry{Metric::P999, "p999_s"},
                                 Entry{Metric::ErrorShare, "error_share"},
                                 Entry{Metric::Throughput, "throughput_per_s"},
                                 Entry{Metric::Availability, "availability"},
                                 Entry{Metric::UsdPerMonth, "usd_per_month"},
                                 Entry{Metric::LoadFactor, "load_factor"}};
constexpr std::array kModes = {Entry{Mode::Sync, "sync"}, Entry{Mode::Async, "async"}};
constexpr std::array kProtocols = {Entry{Protocol::InProcess, "in_process"}, Entry{Protocol::Grpc, "grpc"},
                                   Entry{Protocol::Http, "http"}};
constexpr std::array kKinds = {Entry{Kind::Default, "default"}, Entry{Kind::Typed, "typed"},
                               Entry{Kind::Preset, "preset"}, Entry{Kind::Measured, "measured"}};
constexpr std::array kCauses = {Entry{Cause::Application, "application"},
                                Entry{Cause::Refused, "refused"},
                                Entry{Cause::QueueFull, "queue_full"},
                                Entry{Cause::WaitTimeout, "wait_timeout"},
                                Entry{Cause::Timeout, "timeout"},
                                Entry{Cause::Throttled, "throttled"},
                                Entry{Cause::InstanceDown, "instance_down"},
                                Entry{Cause::ExecutionLimit, "execution_limit"},
                                Entry{Cause::StateLost, "state_lost"}};
constexpr std::array kRegimes = {Entry{flow::Regime::Steady, "steady"}, Entry{flow::Regime::Overloaded, "overloaded"},
                                 Entry{flow::Regime::TwoStable, "two_stable"}};
constexpr std::array kSeverities = {Entry{flow::Severity::Error, "error"}, Entry{flow::Severity::Warning, "warning"},
                                    Entry{flow::Severity::Hint, "hint"}};

template <class Table, class Enum> std::string_view wordIn(const Table& table, Enum value) {
    for (const auto& entry : table)
        if (entry.value == value) return entry.word;
    return {};
}

template <class Enum, class Table> std::optional<Enum> valueIn(const Table& table, std::string_view word) {
    for (const auto& entry : table)
        if (entry.word == word) return entry.value;
    return {};
}

} // namespace

std::string_view wordOf(Metric metric) {
    return wordIn(kMetrics, metric);
}
std::string_view wordOf(Mode mode) {
    return wordIn(kModes, mode);
}
std::string_view wordOf(Protocol protocol) {
    return wordIn(kProtocols, protocol);
}
std::string_view wordOf(Kind kind) {
    return wordIn(kKinds, kind);
}
std::string_view wordOf(Cause cause) {
    return wordIn(kCauses, cause);
}
std::string_view wordOf(flow::Regime regime) {
    return wordIn(kRegimes, regime);
}
std::string_view wordOf(flow::Severity severity) {
    return wordIn(kSeverities, severity);
}

template <> std::optional<Metric> fromWord(std::string_view word) {
    return valueIn<Metric>(kMetrics, word);
}
template <> std::optional<Mode> fromWord(std::string_view word) {
    return valueIn<Mode>(kModes, word);
}
template <> std::optional<Protocol> fromWord(std::string_view word) {
    return valueIn<Protocol>(kProtocols, word);
}
template <> std::optional<Kind> fromWord(std::string_view word) {
    return valueIn<Kind>(kKinds, word);
}
template <> std::optional<Cause> fromWord(std::string_view word) {
    return valueIn<Cause>(kCauses, word);
}

} // namespace plimsoll::exchange
