#include "models/calc/network_topics.h"

namespace plimsoll::calc {
namespace {

constexpr std::array kTopics{
    Topic{"closed", answerClosed},
    Topic{"mixed", answerMixed},
    Topic{"bounds", answerBounds},
    Topic{"open-product-form", answerProductForm},
    Topic{"open-two-moment", answerTwoMoments},
    Topic{"elasticities", answerElasticities},
    Topic{"layered-pools", answerLayeredPools},
    Topic{"fork-join-independent", answerIndependentForks},
    Topic{"fork-join-queues", answerForkedQueues},
    Topic{"retry", answerRetry},
    Topic{"metastable-retries", answerMetastableRetries},
    Topic{"timeout", answerTimeout},
    Topic{"percentiles", answerPercentiles},
};

} // namespace

std::span<const Topic> networkTopics() {
    return kTopics;
}

} // namespace plimsoll::calc
