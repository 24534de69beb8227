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
    MethodText{
        "pools", "Held tokens by flow-equivalent servers",
        "What is inside a hold is closed and solved for every number of tokens in use; the pool is then a queue "
        "with that throughput as its rate. The wait is corrected for how much the hold varies.",
        "Exponential times inside (their variability enters by the correction), tokens in order of asking",
        "Exact for exponential holds without queues inside; mean response within 0.75 % on average, 3.7 % at most, "
        "in 7 two-level systems with pools at 20 to 98 %",
        "Chandy, Herzog and Woo 1975; Jacobson and Lazowska 1982; Rolia and Sevcik 1995"},
    MethodText{"closed-convolution", "One closed class, exactly",
               "Throughput and numbers by convolution over the number of users, each station's states weighed.",
               "Product form: processor sharing, or first come first served with exponential service", "Exact",
               "Buzen 1973; Baskett, Chandy, Muntz and Palacios 1975"},
    MethodText{
        "closed-lattice", "Several closed classes, exactly",
        "The normalising constant over all populations up to the one at hand.",
        "Product form: processor sharing, or first come first served with one exponential service for all classes",
        "Exact", "Buzen 1973; Baskett, Chandy, Muntz and Palacios 1975"},
    MethodText{"closed-linearizer", "Closed classes, approximately",
               "Linearizer with each station of several servers split in a delay and one server; responses times exact "
               "over approximate of all classes taken as one.",
               "As for the exact solution",
               "Throughput within 0.6 % on average, 7.5 % at most, response 0.8 % and 9 %, in "
               "150 random networks of two classes",
               "Chandy and Neuse 1982; Seidmann, Schweitzer and Shalev-Oren 1987"},
    MethodText{"closed-bounds", "Bounds of a closed class",
               "Asymptotes and balanced job bounds of the throughput, without solving.", "Single servers, product form",
               "The throughput lies between them", "Denning and Buzen 1978; Zahorjan, Sevcik, Eager and Galler 1982"},
    MethodText{
        "jackson", "Open network in product form",
        "Rates by elimination; each station by itself with Poisson arrivals; mean time in the network by Little.",
        "Poisson arrivals from outside; exponential service in order of arrival, or processor sharing", "Exact",
        "Jackson 1957; Baskett, Chandy, Muntz and Palacios 1975"},
    MethodText{
        "qna", "Open network by two moments",
        "The scv of the arrivals at each station from those of the flows that meet there; each station as G/G/c.",
        "Stations are independent given rates and scvs",
        "Mean response within 3.5 % on average, 9.6 % at most, in 7 networks; waits behind a bursty station are "
        "13 to 20 % low",
        "Whitt 1983, 1993"},
    MethodText{"elasticities", "Elasticities of a path",
               "Relative change of the mean for a relative change of an input, by the derivative of Erlang's formulas.",
               "Poisson arrivals, exponential service, first come first served", "Exact", "Erlang 1917"},
    MethodText{"order-statistics", "When the k-th of n is over", "From the distribution functions of the branches.",
               "Independent branches", "Exact", "David 1970"},
    MethodText{
        "fork-join", "Branches that are asked at once",
        "As independent; for few servers a branch, mean and median times the ratio by which the common arrivals "
        "make them alike, fading out towards p95.",
        "Poisson arrivals, exponential service, equal branches",
        "One server a branch: exact mean for two, -4.0 to +2.3 % for 4 to 32; eight servers or more: within 1 %; "
        "three to seven servers not measured",
        "Flatto and Hahn 1984; Nelson and Tantawi 1988"},
    MethodText{"retries", "Attempts repeated when they fail",
               "Geometric numbers of attempts, cut off at the limit; all of them load the station.",
               "Failures independent of each other and of the load; retries arrive as Poisson",
               "Exact but for the retries' arrivals", "None"},
    MethodText{
        "metastable-retries", "Retries that keep an overload up",
        "All rates of attempts that reproduce themselves, from the exact share of attempts that are refused or late.",
        "Attempts arrive as Poisson, exponential service, the server also works for clients that have gone",
        "Both stable states and the tipping point seen in simulation; close to the tipping point the good state "
        "may be left by chance",
        "Bronson, Aghayev, Charapko and Zhu 2021"},
    MethodText{"timeout", "Callers that give up",
               "The law of the response cut off at the timeout; the server does the work all the same.",
               "Poisson arrivals, exponential service, first come first served", "Exact", "Erlang 1917"},
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
