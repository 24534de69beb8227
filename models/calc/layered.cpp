#include "engine/network/layered_pools.h"
#include "models/calc/network_inputs.h"
#include "models/calc/network_topics.h"
#include "models/calc/station_answer.h"
#include "models/calc/station_inputs.h"

namespace plimsoll::calc {

ordered_json answerLayeredPools(const json& inputs) {
    constexpr double kMostTokens = 100'000;
    ModelObject object = inputsOf(inputs);
    network::LayeredPools system;
    system.arrivalRate_per_s = arrivalRate_per_s(object);
    system.threads = wholeWithin(object, "threads", 1, kMostTokens);
    system.appCores = wholeWithin(object, "app_cores", 1, kMostServers);
    system.appService_s = time_s(object, "app_service_mean_s");
    if (system.appService_s == 0) object.at("app_service_mean_s").refuse("is 0, must be above 0");
    system.callProbability = within(object, "database_call_probability", 0, 1);
    system.connections = wholeWithin(object, "connections", 1, kMostTokens);
    system.databaseCores = wholeWithin(object, "database_cores", 1, kMostServers);
    system.databaseService_s = time_s(object, "database_cpu_mean_s");
    system.databaseDelay_s = time_s(object, "database_io_delay_mean_s");
    skipWords(object);
    object.finish();
    const network::LayeredFigures figures = network::layeredPools(system);
    StationAnswer answer(figures.threads.steady);
    answer.set("stable", figures.threads.steady);
    answer.set("carried_rate_per_s", figures.threads.carried_per_s);
    answer.set("threads_busy_mean", figures.threads.busy);
    answer.put("thread_wait_probability", figures.threads.waitProbability);
    answer.put("thread_wait_mean_s", figures.threadWait_s);
    answer.put("response_mean_s", figures.response_s.value_or(0));
    return answer.finish("pools", flow::Exactness::Approximation);
}

} // namespace plimsoll::calc
