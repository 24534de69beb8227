#include "engine/solve/methods.h"

#include "engine/solve/method_tables.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

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
        "add less than 0.1 %. Several visits of one request to one station meet nearly the same queue: with the "
        "weight of the mean correlation of their waits they take equally long. Measured there: p50 to p99 within 3 % "
        "(median) and 9 % (worst) up to 85 % busy; repeats of more than four and pools are still taken as independent",
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
    MethodText{
        "ggc", "G/G/c, first come first served",
        "Mean wait by two moments of the times between arrivals and of the service (Kraemer and Langenbach-Belz for "
        "one server, Kimura and the exact GI/M/c root for more), delay probability by Whitt, a gamma for the wait of "
        "those that wait. How arrivals vary is followed from station to station (QNA).",
        "Independent times between arrivals and of service, c equal servers, unlimited queue",
        "Against 308 exact cases: mean response within 1.3 % on average, 8.9 % at most; p99 2.3 % on average",
        "Kraemer and Langenbach-Belz 1976; Kimura 1986; Whitt 1983, 1993"},
    MethodText{
        "ps-general-arrivals", "Processor sharing, arrivals that are not Poisson",
        "The wait of the same station first come first served, times 2 / (1 + service scv): in heavy traffic the "
        "number that share is the work over its mean residual. The law is that of M/G/1-PS with the same mean.",
        "Independent times between arrivals", "Mean response within 5 % on average, 10 % at most, round robin",
        "Gromoll 2004"},
    MethodText{
        "batch-arrivals", "Arrivals in batches",
        "To the wait of single arrivals comes that for those before in the batch: the mean excess of a geometric "
        "batch times the service, over what the station has free.",
        "Batches at random moments; geometric sizes", "Exact for one server; several as one of c times the speed",
        "Burke 1975"},
    MethodText{
        "mmck", "M/M/c/K, a finite queue",
        "Stationary probabilities in closed form; who finds the queue full fails. The law of those served is the "
        "mixture of Erlang waits. A general service as many places as wait as long.",
        "Poisson arrivals",
        "Exact for exponential service, for sharing and for no waiting place; otherwise the loss "
        "is off by 6 to 36 % on average",
        "Erlang 1917; Gross and Harris; Tijms 1992"},
    MethodText{
        "priority-nonpreemptive", "Priorities without interruption",
        "Mean wait by class from the work before it and the classes above; percentiles by the transform of the delay "
        "cycle.",
        "Poisson arrivals",
        "Exact for one server, and for many with one exponential service; otherwise scaled by the "
        "ratio of first come first served waits",
        "Cobham 1954; Kella and Yechiali 1985; Conway, Maxwell and Miller 1967"},
    MethodText{"priority-preemptive", "Priorities that interrupt and resume",
               "The classes up to one are a station of their own; the rest of their time goes to interruptions.",
               "Poisson arrivals", "Means exact for one server, and for many with one exponential service",
               "Conway, Maxwell and Miller 1967; Buzen and Bondi 1983"},
    MethodText{"contention", "A station that slows down under load",
               "A birth-death queue whose rate with n in service follows the Universal Scalability Law.",
               "Poisson arrivals, exponential service (sharing: any service)", "Exact for exponential service",
               "Gunther 2007"},
    MethodText{
        "pool", "Tokens held over a part of the way",
        "What is done under a token is closed with 1, 2 ... holders; its throughput gives the rates of a birth-death "
        "queue for the tokens. Stations that only these holders use take as long as the holders make them; what is "
        "shared with others is a delay at its present residence.",
        "Product form inside the hold; Poisson arrivals",
        "Seven two-level systems: mean response within 0.75 % on "
        "average, 3.7 % at most; exact where the body is one delay or exponential stations alone",
        "Chandy, Herzog and Woo 1975; Jacobson and Lazowska 1982"},
    MethodText{
        "on-demand", "Function instances made when needed",
        "Busy instances as in M/G/infinity, refusals at the limit by Erlang's loss formula; cold starts and live "
        "instances from the time in which the number busy first rises, by numerical inversion.",
        "Poisson arrivals; the most recently used idle instance first",
        "Exact for an exponential time and a boot that "
        "takes none, far below the limit; other times -5 to +6 % in the cold share",
        "Own derivation from the reversibility of M/M/infinity"},
    MethodText{"token-bucket", "Token bucket that refuses", "What is missing in the bucket is the work of M/D/1/burst.",
               "Poisson arrivals", "Exact for a whole burst; between two whole ones geometrically",
               "Erlang 1909; Tijms 1992"},
    MethodText{"token-bucket-delay", "Token bucket that delays",
               "The wait is what the work of M/D/1 exceeds the burst by; the work an atom and a gamma.",
               "Poisson arrivals", "Mean exact for a burst of 1; larger bursts are a rough guide", "Pollaczek 1930"},
    MethodText{
        "closed", "Users who think and ask again",
        "Throughputs and residences of the closed classes at the stations that they share, by the normalising constant "
        "or, where that is too large, by the Linearizer corrected with the aggregate class; everything else on their "
        "way is a delay. Percentiles by rescaled laws of the open station.",
        "Product form: processor sharing, or one exponential service for all",
        "Means exact within the budget of the "
        "exact solution, else X within 0.5 % on average; percentiles approximate",
        "Buzen 1973; Chandy and Neuse 1982; Reiser and Lavenberg 1980"},
    MethodText{
        "che", "LRU by its characteristic time",
        "A key stays for the time in which the capacity is filled with other keys; with a TTL or invalidations its "
        "life is cut.",
        "Independent references, Zipf popularity; misses of another cache of the same keys are not independent",
        "Hit ratio within 0.02 points, with a TTL 0.09", "Che, Tung and Wang 2002"},
    MethodText{"insertion-order", "FIFO and Random by their characteristic time",
               "A key stays for a time that does not depend on its use.", "Independent references, Zipf popularity",
               "Hit ratio within 0.07 points without TTL or invalidations", "Gelenbe 1973"},
    MethodText{"ideal-lfu", "Ideal LFU", "The most popular keys are always there.", "Stable popularity that is known",
               "An upper bound for real LFU", "Breslau and others 1999"},
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
    MethodText{
        "mgck", "M/G/c/K, a finite queue, exactly",
        "One server: the chain of the number left behind at the ends of service, a sum of positive terms. Several, and "
        "a service that is a mixture of two exponentials: the chain of number and phases, level by level.",
        "Poisson arrivals, independent service times", "Loss and queue exact; the law of the wait is a gamma",
        "Tijms 1992; Latouche and Ramaswami 1999"},
    MethodText{"mgck-two-phases", "M/G/c/K, a finite queue, by two phases",
               "The chain of number and phases for a service of two phases with the same mean and scv.",
               "Poisson arrivals; a service scv of at least 1/2", "Exact for a service of two such phases",
               "Latouche and Ramaswami 1999"},
    MethodText{"mgck-interpolated", "M/G/c/K, a finite queue, interpolated",
               "M/M/c/K with the waiting places over the ratio of the mean waits of M/G/c and M/M/c, and a queue "
               "longer by it.",
               "Poisson arrivals, independent service times",
               "Against exact chains, 1 to 16 servers: loss off by 6 to 10 % on average for a service scv up to 2, 20 "
               "% for 4, "
               "40 % for 10; the queue by 5 to 13, 15 and 25 %",
               "Tijms 1992; own scaling"},
    MethodText{"erlang-b", "M/G/c/c, no queue", "Erlang's loss formula: who finds all servers busy is lost.",
               "Poisson arrivals, any service law of this mean", "Exact for any number of servers",
               "Erlang 1917; Jagerman 1974; Temme 1979"},
    MethodText{
        "ps-bounded", "Processor sharing with a bound",
        "The number present as a birth-death chain, with the Universal Scalability Law where there is contention; "
        "a request lets nobody wait, who finds all places taken is lost. The law as for processor sharing.",
        "Poisson arrivals", "Loss and means exact for any service law; percentiles as for processor sharing",
        "Kelly 1979; Cohen 1979"},
    MethodText{"impatience-exponential", "M/M/c+M, patience that varies",
               "The chain of the number present in closed form by incomplete gamma functions.",
               "Poisson arrivals, exponential service and patience; patience runs in the queue only",
               "Exact at any load; response percentiles of those served by a gamma for the wait",
               "Palm 1957; Garnett, Mandelbaum and Reiman 2002"},
    MethodText{"impatience-constant", "M/M/c+D, one patience for all",
               "The density of the virtual wait, cut off at the patience, in closed form.",
               "Poisson arrivals, exponential service; patience runs in the queue only",
               "Exact at any load; response percentiles of those served by a gamma for the wait",
               "Baccelli and Hebuterne 1981; Zeltyn and Mandelbaum 2005"},
    MethodText{
        "heterogeneous", "Servers of different speed behind one queue",
        "Random idle server: the probabilities are a product. Fastest idle server: the chain of busy servers by speed.",
        "Poisson arrivals, exponential service at the rate of the server",
        "Exact up to 2,000 servers at random and 6,000 states for the fastest; beyond, like speeds are put together",
        "Gumbel 1960"},
    MethodText{"setup", "A server that starts when work comes",
               "The wait of M/G/1 and, independently, the setup: whole for the first, what is left of it for others.",
               "Poisson arrivals, one server", "Exact, the law too", "Welch 1964; Fuhrmann and Cooper 1985"},
    MethodText{"vacation", "A server that goes away when idle",
               "The wait of M/G/1 and, independently, what is left of a vacation.", "Poisson arrivals, one server",
               "Exact, the law too", "Levy and Yechiali 1975; Fuhrmann and Cooper 1985"},
    MethodText{"pauses", "A machine that pauses at random",
               "M/G/1 whose service takes in the pauses that fall into it, and what is left of a pause for those who "
               "come to an idle machine.",
               "Poisson arrivals, one server; pauses at random while it runs; work goes on where it stopped",
               "Exact, the law too", "Avi-Itzhak and Naor 1963"},
    MethodText{"batch", "Batches to one server",
               "The wait of the batch as M/G/1, and the services of those before in the batch.",
               "Batches at random moments, independent services, one server", "Exact, the law too", "Burke 1975"},
    MethodText{
        "sizing", "How many servers are enough",
        "The smallest number for which the exact tail (unlimited servers: Poisson; Erlang B or C) is low enough.",
        "Poisson arrivals; Erlang C: exponential service", "Exact", "Erlang 1917"},
    MethodText{"usl", "Universal scalability law",
               "X(n) = X(1) n / (1 + sigma (n - 1) + kappa n (n - 1)), and where it is highest.",
               "Contention and coherence as measured", "As good as the fit of sigma and kappa", "Gunther 2007"},
    MethodText{"law", "Percentiles of a law", "The law's own distribution function, inverted.", "None", "Exact",
               "Abramowitz and Stegun 1964"},
    MethodText{"sum-of-laws", "A sum of independent times",
               "Exponential stages by uniformisation, other laws by the inversion of the product of their transforms.",
               "Independence", "Stages exact; others within 1e-6 where they are smooth",
               "Jensen 1953; Abate and Whitt 1995"},
    MethodText{"samples", "Percentiles of samples", "The least sample with at least that share at or below it.", "None",
               "Exact", "Hyndman and Fan 1996, type 1"},
    MethodText{"unused", "Not used", "No request comes here.", "None", "Exact", "None"},
};

} // namespace

std::span<const MethodText> methods() {
    static const std::vector<MethodText> all = [] {
        std::vector<MethodText> table(kMethods.begin(), kMethods.end());
        std::ranges::copy(balancingMethods(), std::back_inserter(table));
        return table;
    }();
    return all;
}

const MethodText* findMethod(std::string_view id) {
    const auto found = std::ranges::find(methods(), id, &MethodText::id);
    return found == methods().end() ? nullptr : &*found;
}

} // namespace plimsoll::flow
