#include "engine/solve/method_tables.h"

#include <array>

namespace plimsoll::flow {
namespace {

constexpr std::array kMethods{
    MethodText{"policy-random", "Servers chosen at random",
               "Every server is a station of its own with its share of the arrivals; so are the owners of hashed keys "
               "and of ranges of keys.",
               "Poisson arrivals, choices independent of what waits",
               "Exact for exponential service, one core or processor sharing (means); several cores and other laws as "
               "for M/G/c; arrivals that are not Poisson: mean response within 8 %",
               "Poisson splitting; Pollaczek 1930; Kelly 1979"},
    MethodText{
        "policy-round-robin", "Round robin",
        "Each of n servers sees every n-th arrival: E_n/M/c exactly, other service by Kraemer and "
        "Langenbach-Belz, bent to the exact values for constant and exponential service. Processor sharing: the "
        "work over the mean residual service, less in light traffic.",
        "Poisson arrivals, service times independent of the server",
        "Exponential service first come first served exact, shared exact in the mean. 66 simulated points each (n "
        "2 to 16, 1 to 16 cores, utilisation 0.5 to 0.9, service scv 0 to 9): mean response 0.9 % off on average, "
        "4 % at most, shared 0.8 and 5 %; p99 3 and 11 %, shared 5 and 16 %",
        "Takacs 1962; Kraemer and Langenbach-Belz 1976; Gromoll 2004"},
    MethodText{
        "policy-weighted-round-robin", "Weighted round robin",
        "Smooth weighted turns: a server of share p sees arrivals whose variability is p.",
        "Poisson arrivals, the smooth order of picks",
        "24 simulated points of speeds 2 : 1 to 4 : 1: mean response 0.8 % off on average, 1.6 % at most; p99 1 %, "
        "shared 6 %",
        "Kraemer and Langenbach-Belz 1976; own measurement"},
    MethodText{
        "policy-least-connections", "Least connections",
        "The wait of one shared queue, longer by a fitted factor for what waits beside an idle server; the queues grow "
        "together, so that each further place is rho^n times rarer. Service that varies counts by its first three "
        "moments. Connections held elsewhere: each server a closed network of as many requests as all servers have on "
        "average.",
        "Equal servers, Poisson arrivals, ties at random",
        "Exponential service, n 2 to 64, utilisation 0.5 to 0.95: mean response 0.8 % off on average, 2.8 % at most, "
        "p99 "
        "1 and 6 %. Service scv up to 9: mean 1.2 and 4.5 %, p99 5 % on average; shared by cores 0.7 and 2.3 %. Held "
        "elsewhere for 0.3 to 30 services: 0.5 and 1.8 %. Several balancers: 2 and 8 %. Arrival scv 1/4 and 4: 4 and "
        "10 %",
        "Gupta, Harchol-Balter, Sigman and Whitt 2007; Chandy, Herzog and Woo 1975; own fits and measurement"},
    MethodText{"policy-least-connections-unequal", "Least connections over unequal servers",
               "A chain of the number in the system; idle servers fill at random, as in Gumbel's product form.",
               "Poisson arrivals, ties at random, weights not looked at",
               "36 simulated points of speeds 2 : 1 to 4 : 1, utilisation 0.5 to 0.9: mean response 2 % off on "
               "average, 6 % at "
               "most; shares within 3 points; p99 4 and 10 %",
               "Gumbel 1960; own fit for what waits"},
    MethodText{
        "policy-weighted-least-connections", "Weighted least connections",
        "A chain of the number in the system; servers fill in the order of (connections + 1) / weight.",
        "Poisson arrivals, weights near the speeds",
        "36 simulated points of speeds 2 : 1 to 4 : 1: mean response 5 % off on average, 13 % at most; shares within 5 "
        "points; p99 6 % on average, 18 % at most",
        "Own derivation and fit"},
    MethodText{
        "policy-power-of-two", "Best of two random choices",
        "The limit of many servers, and a fitted term in 1/n. The queue that is met follows the limit's law with a "
        "correlation of the servers such that the mean comes out.",
        "Equal servers, Poisson arrivals, the choices differ",
        "Exponential service, n 3 to 64, utilisation 0.5 to 0.95: mean response 0.3 % off on average, 1.2 % at most, "
        "p99 "
        "1 and 2 %. Several cores, service scv up to 9: 1.4 and 8 %, p99 5 % on average; shared 0.6 and 3 %. Held "
        "elsewhere: 0.5 and "
        "1.7 %. Several balancers: 4 and 17 %. Arrival scv 1/4 and 4: 5 and 9 %",
        "Vvedenskaya, Dobrushin and Karpelevich 1996; Mitzenmacher 1996; own fits and measurement"},
    MethodText{
        "policy-power-of-two-unequal", "Best of two over unequal servers",
        "The limit of many servers as a fixed point over the groups, and what few servers add when all are equal. Slow "
        "servers overload first: some pairs are slow ones only.",
        "Poisson arrivals, the choices differ, weights not looked at",
        "34 simulated points of speeds 2 : 1 to 4 : 1, utilisation 0.5 to 0.9: mean response 3 % off on average, 10 % "
        "at "
        "most; shares within 3 points",
        "Mitzenmacher 1996; own fit"},
    MethodText{"policy-least-response-time", "Least response time",
               "A smoothed response time times the connections picks as least connections weighted by the speeds does.",
               "Each answer weighs 1 % in the average (10 % where service varies no more than exponentially)",
               "16 simulated points: mean response within 2.5 % of least connections; more weight to one answer is "
               "outside: up to four times worse",
               "Own measurement"},
    MethodText{"policy-resource-based", "Lowest utilisation",
               "With the signal at once: a free core if there is one, otherwise any server with whatever queue it has.",
               "Poisson arrivals, the signal is of this station and not old",
               "n 3 to 16, 1 to 4 cores, utilisation 0.5 to 0.9: mean response within 10 %", "Own fit"},
    MethodText{"policy-herd", "Signals that are old",
               "Between two polls the lowest takes all: by response time one server in turn, whose backlog grows by n "
               "rho - 1; by "
               "utilisation all that were idle, by a fit.",
               "Polls of all servers together, Poisson arrivals",
               "A rough guide that is marked as such: mean response within 30 %, for response times within 6 % from n "
               "rho = 2 on",
               "Mitzenmacher 2000; own measurement"},
    MethodText{"consistent-hash", "Shares of a hash ring",
               "Points on a ring divide it by a Dirichlet law; the largest and smallest share by quadrature.",
               "Points as if uniform, keys equally popular", "Exact on average over rings",
               "Karger et al. 1997; own derivation"},
    MethodText{"balancer-core", "Picks of the balancer itself", "The balancer that the simulator drives was asked.",
               "None", "Exact", "None"},
    MethodText{"replay", "Step by step", "Every request in its order, ties to the first.", "None", "Exact", "None"},
    MethodText{"slow-start", "Weight of a server that returns", "Its weight rises linearly over the window.",
               "Policies that go by weights", "Exact", "None"},
    MethodText{"health-detection", "Time until a dead server is taken out",
               "Failed checks counted from a fault at a random moment between two checks.",
               "Healthy checks are answered at once", "Exact", "None"},
    MethodText{
        "dead-share", "Requests sent to a dead server",
        "Turns, chance and keys send it its share. Counting policies see a server that refuses at once as idle: a "
        "birth-death chain of the live ones.",
        "Poisson arrivals, exponential service, one server dead",
        "Exact for one balancer; two choices: live servers as if independent", "None"},
    MethodText{"false-ejection", "Healthy servers taken out", "The mean wait for a run of failed checks.",
               "Checks fail independently", "Exact", "Feller 1968"},
    MethodText{"availability", "Enough servers up",
               "Independent servers by the binomial law, few repair crews by a birth-death chain.",
               "Failures independent; no common cause such as a zone or a deployment", "Exact", "None"},
    MethodText{"n-minus-1", "One server less", "The load of the lost one on the others.", "Equal servers", "Exact",
               "None"},
};

} // namespace

std::span<const MethodText> balancingMethods() {
    return kMethods;
}

} // namespace plimsoll::flow
