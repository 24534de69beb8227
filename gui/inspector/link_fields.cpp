#include "gui/inspector/link_fields.h"

#include <vector>

namespace plimsoll::gui {
namespace {

using components::Dimension;
using document::Id;
using document::Link;

constexpr double kDay_s = 86'400;

FieldValue number(double value) {
    return text::Typed{value, {}};
}

FieldValue readPerClass(const document::PerClass& perClass, const Id& classId) {
    if (classId.empty()) return number(perClass.value);
    const auto own = perClass.byClass.find(classId);
    return own == perClass.byClass.end() ? FieldValue{} : number(own->second);
}

void writePerClass(document::PerClass& perClass, const Id& classId, const FieldValue& value) {
    if (classId.empty())
        perClass.value = value ? value->value : perClass.value;
    else if (value)
        perClass.byClass[classId] = value->value;
    else
        perClass.byClass.erase(classId);
}

/// What a client may usefully try again: everything but an answer of the application itself and lost state.
std::vector<flow::Cause> retriedCauses() {
    using flow::Cause;
    return {Cause::Refused, Cause::QueueFull, Cause::WaitTimeout,
            Cause::Timeout, Cause::Throttled, Cause::InstanceDown};
}

void setAttempts(Link& link, double attempts) {
    if (attempts <= 1) return link.retry.reset();
    if (!link.retry) {
        link.retry.emplace();
        link.retry->on = retriedCauses();
    }
    link.retry->maxAttempts = static_cast<std::uint32_t>(attempts);
}

std::vector<LinkNumber> callNumbers() {
    return {
        {{.key = "calls",
          .label = "Calls",
          .dimension = Dimension::Count,
          .minimum = 0,
          .maximum = 1e6,
          .defaultNumber = 1,
          .byClass = true,
          .group = "Calls",
          .help = "How often a request makes this call, on average"},
         [](const Link& link, const Id& id) { return readPerClass(link.calls, id); },
         [](Link& link, const Id& id, const FieldValue& value) { writePerClass(link.calls, id, value); }},
        {{.key = "writes",
          .label = "Writes",
          .dimension = Dimension::Share,
          .minimum = 0,
          .maximum = 1,
          .defaultNumber = 0,
          .byClass = true,
          .group = "Calls",
          .help = "Share of these calls that write"},
         [](const Link& link, const Id& id) { return readPerClass(link.writes, id); },
         [](Link& link, const Id& id, const FieldValue& value) { writePerClass(link.writes, id, value); }},
        {{.key = "share",
          .label = "Made with chance",
          .dimension = Dimension::Share,
          .minimum = 0,
          .maximum = 1,
          .defaultNumber = 1,
          .group = "Calls",
          .help = "All calls of a request are made with this probability, or none"},
         [](const Link& link, const Id&) {
             const auto* share = std::get_if<document::WithShare>(&link.when);
             return share ? number(share->share) : FieldValue{};
         },
         [](Link& link, const Id&, const FieldValue& value) {
             link.when = document::WithShare{value ? value->value : 1};
         },
         [](const Link& link) { return std::holds_alternative<document::WithShare>(link.when); }},
        {{.key = "stage",
          .label = "Stage",
          .dimension = Dimension::Count,
          .minimum = 0,
          .maximum = 1e6,
          .integer = true,
          .group = "Calls",
          .help = "Links are followed in ascending order; equal stages at the same time",
          .absent = "as drawn"},
         [](const Link& link, const Id&) { return link.stage ? number(*link.stage) : FieldValue{}; },
         [](Link& link, const Id&, const FieldValue& value) {
             link.stage = value ? std::optional(static_cast<int>(value->value)) : std::nullopt;
         }},
    };
}

std::vector<LinkNumber> failureNumbers() {
    return {
        {{.key = "timeout_s",
          .label = "Timeout",
          .dimension = Dimension::Time,
          .minimum = 1e-6,
          .maximum = kDay_s,
          .group = "Failure",
          .help = "The caller gives up after this time",
          .absent = "none"},
         [](const Link& link, const Id&) { return link.timeout ? number(toSeconds(*link.timeout)) : FieldValue{}; },
         [](Link& link, const Id&, const FieldValue& value) {
             link.timeout = value ? std::optional(seconds(value->value)) : std::nullopt;
         }},
        {{.key = "attempts",
          .label = "Attempts",
          .dimension = Dimension::Count,
          .minimum = 1,
          .maximum = 100,
          .defaultNumber = 1,
          .integer = true,
          .group = "Failure",
          .help = "The first try and its retries; 1 is no retry"},
         [](const Link& link, const Id&) { return number(link.retry ? link.retry->maxAttempts : 1); },
         [](Link& link, const Id&, const FieldValue& value) { setAttempts(link, value ? value->value : 1); }},
        {{.key = "backoff_s",
          .label = "Pause before retry",
          .dimension = Dimension::Time,
          .minimum = 0,
          .maximum = kDay_s,
          .defaultNumber = 0,
          .group = "Failure",
          .help = "Doubled at each retry"},
         [](const Link& link, const Id&) { return number(link.retry ? toSeconds(link.retry->backoff) : 0); },
         [](Link& link, const Id&, const FieldValue& value) {
             if (link.retry) link.retry->backoff = seconds(value ? value->value : 0);
         },
         [](const Link& link) { return link.retry.has_value(); }},
    };
}

std::vector<LinkNumber> transportNumbers() {
    return {
        {{.key = "request_bytes",
          .label = "Request size",
          .dimension = Dimension::Bytes,
          .minimum = 0,
          .maximum = 1e15,
          .defaultNumber = 0,
          .group = "Transport",
          .help = "Mean size of a request"},
         [](const Link& link, const Id&) { return number(link.requestBytes.value); },
         [](Link& link, const Id&, const FieldValue& value) { link.requestBytes.value = value ? value->value : 0; }},
        {{.key = "response_bytes",
          .label = "Response size",
          .dimension = Dimension::Bytes,
          .minimum = 0,
          .maximum = 1e15,
          .defaultNumber = 0,
          .group = "Transport",
          .help = "Mean size of a response"},
         [](const Link& link, const Id&) { return number(link.responseBytes.value); },
         [](Link& link, const Id&, const FieldValue& value) { link.responseBytes.value = value ? value->value : 0; }},
    };
}

} // namespace

std::span<const LinkNumber> linkNumbers() {
    static const std::vector<LinkNumber> all = [] {
        std::vector<LinkNumber> numbers = callNumbers();
        for (auto part : {failureNumbers(), transportNumbers()})
            numbers.insert(numbers.end(), part.begin(), part.end());
        return numbers;
    }();
    return all;
}

std::span<const LinkWord> linkWords() {
    static const std::vector<LinkWord> all = {
        {{.key = "mode",
          .label = "Mode",
          .dimension = Dimension::Word,
          .defaultWord = "sync",
          .choices = {{"sync", "Waits for the answer"}, {"async", "Goes on at once"}},
          .group = "Calls",
          .help = "Whether the caller waits"},
         [](const Link& link) { return std::string(link.mode == document::Mode::Async ? "async" : "sync"); },
         [](Link& link, const std::string& word) {
             link.mode = word == "async" ? document::Mode::Async : document::Mode::Sync;
         }},
        {{.key = "cancel",
          .label = "Timeout stops the work",
          .dimension = Dimension::Switch,
          .defaultWord = "false",
          .group = "Failure",
          .help = "Off: what was started goes on and its answer is thrown away, as over HTTP"},
         [](const Link& link) { return std::string(link.cancel ? "true" : "false"); },
         [](Link& link, const std::string& word) { link.cancel = word == "true"; }},
        {{.key = "protocol",
          .label = "Protocol",
          .dimension = Dimension::Word,
          .defaultWord = "http",
          .choices = {{"http", "HTTP"}, {"grpc", "gRPC"}, {"in_process", "In process"}},
          .group = "Transport",
          .help = "How the call is carried"},
         [](const Link& link) {
             const bool inProcess = link.protocol == document::Protocol::InProcess;
             return std::string(inProcess ? "in_process" : link.protocol == document::Protocol::Grpc ? "grpc" : "http");
         },
         [](Link& link, const std::string& word) {
             link.protocol = word == "grpc"         ? document::Protocol::Grpc
                             : word == "in_process" ? document::Protocol::InProcess
                                                    : document::Protocol::Http;
         }},
    };
    return all;
}

std::string whenWord(const document::Link& link) {
    if (const auto* miss = std::get_if<document::MissOf>(&link.when)) return "miss:" + miss->cache;
    return std::holds_alternative<document::WithShare>(link.when) ? "share" : "always";
}

void setWhen(document::Link& link, const std::string& word) {
    if (word.starts_with("miss:"))
        link.when = document::MissOf{word.substr(5)};
    else if (word == "always")
        link.when = document::Always{};
    else if (!std::holds_alternative<document::WithShare>(link.when))
        link.when = document::WithShare{};
}

} // namespace plimsoll::gui
