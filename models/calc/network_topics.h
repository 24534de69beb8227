// The topics about networks, one function each, tabled in network_topics.cpp. Internal to models/calc.
#pragma once
#include "models/calc/topics.h"

namespace plimsoll::calc {

// closed.cpp
ordered_json answerClosed(const json& inputs);
ordered_json answerMixed(const json& inputs);
ordered_json answerBounds(const json& inputs);
// open_networks.cpp
ordered_json answerProductForm(const json& inputs);
ordered_json answerTwoMoments(const json& inputs);
ordered_json answerElasticities(const json& inputs);
// layered.cpp
ordered_json answerLayeredPools(const json& inputs);
// forks.cpp
ordered_json answerIndependentForks(const json& inputs);
ordered_json answerForkedQueues(const json& inputs);
// retries.cpp
ordered_json answerRetry(const json& inputs);
ordered_json answerMetastableRetries(const json& inputs);
ordered_json answerTimeout(const json& inputs);
// path_percentiles.cpp
ordered_json answerPercentiles(const json& inputs);

} // namespace plimsoll::calc
