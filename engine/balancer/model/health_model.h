// What health checks give: how long a dead server is sent requests, how many, and how often a healthy one is taken out
// (theory/balancing.md 12). Exact under the assumptions named.
#pragma once
#include "engine/flow/model.h"

namespace plimsoll::balancer {

enum class CheckSchedule {
    EveryInterval, // a check starts every interval, whatever the last one did
    AfterTheLast   // one interval after the last one ended
};

struct HealthRule {
    flow::HealthCheck check;
    CheckSchedule schedule = CheckSchedule::EveryInterval;
    Seconds intervalWhileFailing{0}; // AfterTheLast: between a failed check and the next; 0 = the interval
};

/// From the fault, at a moment that knows nothing of the checks, to the ejection. A healthy answer takes no time.
struct DetectionTime {
    Seconds mean{0}, least{0}, most{0};
};
DetectionTime detectionTime(const HealthRule& rule, flow::DownAs fault);
/// From the recovery to the return, on average.
Seconds readmissionTime(const HealthRule& rule);

/// Checks, on average, until a healthy server that fails each with this probability in (0, 1) is ejected: a run of
/// `fall` failures. May overflow to infinity.
double checksToFalseEjection(double failureProbability, double fall);

/// Servers of one speed, one of them dead and not yet ejected.
struct DeadServer {
    flow::Policy policy = flow::Policy::Random;
    double servers = 1; // the dead one included
    double offered = 0; // arrival rate x mean service, in busy servers
    flow::DownAs fault = flow::DownAs::RefusesAtOnce;
};
/// The share of the requests that it gets. Counting policies see a server that refuses at once as idle: birth-death on
/// the live ones, exact for exponential service; one that hangs keeps its requests and gets next to none. Two choices:
/// it wins whenever it is drawn, half of the ties (live servers as if independent). The others: 1 / servers.
double shareToDead(const DeadServer& server);

/// Long-run share of requests that meet a dead server: every server is out once in a cycle of `up` + `down`, for at
/// most the detection time of it unnoticed.
double deadErrorShare(const DeadServer& server, Seconds detection, Seconds up, Seconds down);

/// A server that joined `passed` ago, among `others` of full weight 1: its share of the requests while its weight rises
/// linearly over `window`.
double slowStartShare(double others, double weight, Seconds passed, Seconds window);

} // namespace plimsoll::balancer
