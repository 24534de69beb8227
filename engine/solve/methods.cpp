#include "engine/solve/methods.h"

#include <algorithm>
#include <array>

namespace plimsoll::flow {
namespace {

constexpr std::array kMethods{
    MethodText{
        "path-inversion", "Latency of a path by numerical inversion",
        "The stations on the way are taken as independent; the transform of their sum is inverted by Euler "
        "summation. Constants are kept as shifts, branches are mixtures, and in long paths the parts with little "
        "spread are lumped into one gamma by three cumulants.",
        "Independence of the stations on one request's way; Poisson arrivals at each",
        "Measured on six mixed networks: mean -0.2 %, p50 +0.8 %, p95 -2.4 %, p99 -4.2 %; inversion and lumping "
        "add less than 0.1 %. Several visits of one request to one station meet the same queue, so that tails are "
        "told too low: the web shop's checkout, three calls of a 64 % busy database, p99 -13 %, p99.9 -19 %",
        "Abate and Whitt 1995, 2006; Burke 1968; Reich 1963"},
    MethodText{"path-single", "Latency with one queue on the way",
               "The law of the one station on the way, with constants and delays, in closed form or by inversion.",
               "Poisson arrivals, exponential service, first come first served", "Exact below saturation",
               "Erlang 1917; Gross and Harris, Fundamentals of Queueing Theory"},
    MethodText{"path-means", "Mean latency of a path",
               "The mean times of the steps on the way, each as often as it is entered.",
               "Poisson arrivals at each station", "As exact as the stations on the way",
               "Jackson 1957; Baskett, Chandy, Muntz and Palacios 1975"},
    MethodText{"mmc", "M/M/c, first come first served",
               "Erlang C gives the chance to wait; the wait of those that wait is exponential.",
               "Poisson arrivals, exponential service of one mean, c equal servers, unlimited queue",
               "Exact for every utilisation below 1", "Erlang 1917; Gross and Harris, Fundamentals of Queueing Theory"},
    MethodText{
        "mg1", "M/G/1, first come first served",
        "Mean and higher moments of the wait by Pollaczek and Khinchine; percentiles of a path by its transform, "
        "those of the wait alone by a gamma with its first two moments.",
        "Poisson arrivals, independent service times, one server, unlimited queue",
        "Mean exact below saturation; the gamma errs by up to 2 % at p99",
        "Pollaczek 1930; Khinchine 1932; Takacs 1962"},
    MethodText{
        "mgc", "M/G/c, first come first served",
        "Mean wait by two moments of the service time (Kimura; with Whitt above an scv of 4), delay probability by "
        "Whitt, a gamma for the wait of those that wait.",
        "Poisson arrivals, independent service times, c equal servers, unlimited queue",
        "c up to 64, service scv up to 10: mean response within 1.7 % on average, p99 2.3 % on average",
        "Kimura 1986; Whitt 1993"},
    MethodText{
        "ps", "Processor sharing by c cores",
        "Mean response is the service time times one stretch for all. The law: for exponential demands the tagged "
        "request's Markov chain, otherwise size first and then a gamma delay.",
        "Poisson arrivals, a request on one core at most",
        "Mean exact for any service law; percentiles within 1e-4 for exponential demands of one mean, otherwise "
        "1 % on average, 6 % at most in 36 measured cases",
        "Kelly 1979; Cohen 1979; Coffman, Muntz and Trotter 1970"},
    MethodText{"ps-wait", "Time lost to sharing",
               "Response less service; scv and percentiles by a gamma with the mean and variance of the loss.",
               "As for processor sharing", "Mean exact; percentiles are a rough guide", "Yashkov 1983; Ott 1984"},
    MethodText{"delay-station", "Pure delay", "Nobody waits: the time is that of the service.", "Unlimited servers",
               "Exact", "Baskett, Chandy, Muntz and Palacios 1975"},
    MethodText{"fixed-hit-ratio", "Measured hit ratio", "The hit ratio given with the cache is used as it stands.",
               "It holds at this load and for every class", "As good as the measurement", "Input"},
    MethodText{"unused", "Not used", "No request comes here.", "None", "Exact", "None"},
};

} // namespace

std::span<const MethodText> methods() {
    return kMethods;
}

const MethodText* findMethod(std::string_view id) {
    const auto* found = std::ranges::find(kMethods, id, &MethodText::id);
    return found == kMethods.end() ? nullptr : found;
}

} // namespace plimsoll::flow
