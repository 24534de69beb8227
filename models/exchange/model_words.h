// The words of the model's JSON, in the order of their enumerators.
#pragma once
#include <array>
#include <string_view>

namespace plimsoll::exchange::model_words {

using Word = std::string_view;
inline constexpr std::array<Word, 2> kDownAs{"refuses_at_once", "hangs"};
inline constexpr std::array<Word, 4> kDiscipline{"fcfs", "processor_sharing", "priority_non_preemptive",
                                                 "priority_preemptive_resume"};
inline constexpr std::array<Word, 2> kOverLimit{"reject", "delay"};
inline constexpr std::array<Word, 9> kEviction{"lru", "lfu",   "fifo",    "random",    "clock",
                                               "arc", "sieve", "s3_fifo", "w_tiny_lfu"};
inline constexpr std::array<Word, 10> kPolicy{"random",
                                              "round_robin",
                                              "weighted_round_robin",
                                              "least_connections",
                                              "weighted_least_connections",
                                              "least_response_time",
                                              "resource_based",
                                              "power_of_two",
                                              "key_hash",
                                              "key_range"};
inline constexpr std::array<Word, 9> kCause{"application",   "refused",         "queue_full",
                                            "wait_timeout",  "timeout",         "throttled",
                                            "instance_down", "execution_limit", "state_lost"};
inline constexpr std::array<Word, 2> kLeftover{"abandon", "cancel"};
/// In the order of flow::Body.
inline constexpr std::array<Word, 15> kSteps{"sequence", "repeat",   "serve",  "delay",   "call",
                                             "spawn",    "parallel", "choice", "lookup",  "invalidate",
                                             "hold",     "limit",    "fail",   "attempt", "timeout"};

} // namespace plimsoll::exchange::model_words
