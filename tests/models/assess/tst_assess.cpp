#include "models/assess/assess.h"
#include "models/assess/verdict.h"
#include "models/exchange/assessment_json.h"
#include "models/exchange/project_json.h"
#include "models/exchange/templates.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <sstream>

using namespace plimsoll;
using assess::Assessment;

namespace {

document::Project projectOf(const std::string& json) {
    auto project = exchange::projectFromJson(json);
    if (!project) throw std::runtime_error(document::text(project.error()));
    return *project;
}

/// Clients (without a network) -> one service of one core, first come first served: M/M/1 of 10 ms.
document::Project mm1(double rate_per_s, const std::string& targets = "") {
    return projectOf(R"({"format_version":1,"name":"M/M/1","classes":[{"id":"k","from":"u","rate_per_s":)" +
                     std::to_string(rate_per_s) + R"(}],"targets":[)" + targets +
                     R"(],"scenarios":[{"id":"s","components":[
        {"id":"u","type":"clients","name":"Users","parameters":{"rtt_s":0}},
        {"id":"a","type":"service","name":"Shop","parameters":{"instances":1,"vcpus":1,"cpu_s":0.01,"discipline":"fcfs"}}],
        "links":[{"from":"u","to":"a"}]}]})");
}

Assessment answerTo(const document::Project& project, const std::string& scenario, const assess::Options& options = {},
                    std::stop_token stop = {}) {
    return assess::assess(project, scenario, options, std::move(stop));
}

assess::Options options(double loadFactor, bool safeLoads, std::uint64_t revision) {
    assess::Options options;
    options.loadFactor = loadFactor;
    options.safeLoads = safeLoads;
    options.revision = revision;
    return options;
}

bool hasCode(const Assessment& assessment, const std::string& code, const std::string& component = "") {
    for (const auto& problem : assessment.problems)
        if (problem.code == code && problem.component == component) return true;
    return false;
}

bool isNear(double value, double expected, double relative) {
    if (std::abs(value - expected) <= relative * std::abs(expected)) return true;
    qWarning() << value << "is not" << expected;
    return false;
}

std::string readText(const std::string& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

} // namespace

class TestAssess : public QObject {
    Q_OBJECT
private slots:
    void mm1HasItsClosedForm();
    void mm1SafeLoadHasItsClosedForm();
    void safeLoadBelowOneAndNever();
    void safeLoadWithoutLimit();
    void headroomTarget();
    void loadFactorScales();
    void overloadIsAnAnswer();
    void webShopMeetsItsTargets();
    void webShopFlows();
    void nothingDrawn();
    void hints();
    void errorsNameTheComponent();
    void stops();
    void loadCurveHasItsClosedForm();
    void curveFactorsShowTheKnee();
    void jsonHasEveryKey();
    void nginxRandomAsMeasured();
    void aStormInReserveIsNoPass();
};

void TestAssess::mm1HasItsClosedForm() {
    const auto answer = answerTo(mm1(80), "s");
    QVERIFY2(answer.solved, answer.problems.empty() ? "" : answer.problems[0].message.c_str());
    const auto& latency = answer.classes[0].latency;
    QVERIFY(latency);
    const double mean = 0.01 / (1 - 0.8); // M/M/1: response exponential with this mean
    QVERIFY(isNear(latency->mean.count(), mean, 1e-9));
    QVERIFY(isNear(latency->quantile[3].count(), -mean * std::log(0.01), 1e-6));
    const auto* shop = answer.component("a");
    QVERIFY(shop);
    QVERIFY(isNear(shop->offered.value, 80, 1e-12) && isNear(shop->carried.value, 80, 1e-12));
    QVERIFY(isNear(*shop->utilisation, 0.8, 1e-12));
    QVERIFY(isNear(*shop->queueLength, 0.8 * 0.8 / 0.2, 1e-9));
    QVERIFY(isNear(shop->waitMean->count(), 0.8 * mean, 1e-9));
    QVERIFY(isNear(shop->residenceMean->count(), mean, 1e-9));
    QVERIFY(isNear(shop->residenceP99->count(), -mean * std::log(0.01), 1e-6)); // gamma of scv 1 is exact
    QVERIFY(isNear(shop->responseMean->count(), mean, 1e-9));
    QVERIFY(isNear(*shop->saturationLoadFactor, 1.25, 1e-9));
    QVERIFY(isNear(*answer.saturationLoadFactor, 1.25, 1e-9));
    QCOMPARE(shop->saturationRank, 1);
    QVERIFY(answer.bottleneck && answer.bottleneck->component == "a" && answer.bottleneck->resource == "cpu");
    QVERIFY(isNear(answer.link("u", "a")->offered.value, 80, 1e-12));
    QVERIFY(isNear(answer.link("u", "a")->carriedByClass.at("k").value, 80, 1e-12));
    QVERIFY(hasCode(answer, "no_target") && hasCode(answer, "not_computed"));
    QVERIFY(answer.component("u") && !answer.component("u")->utilisation);
}

// p99 = -ln(0.01) s / (1 - a rho) <= T  <=>  a <= (1 + ln(0.01) s / T) / rho.
void TestAssess::mm1SafeLoadHasItsClosedForm() {
    const auto answer = answerTo(mm1(40, R"({"class":"k","metric":"p99_s","at_most":0.2},
                                            {"class":"k","metric":"mean_s","at_most":0.05})"),
                                 "s");
    const double p99 = (1 + std::log(0.01) * 0.01 / 0.2) / 0.4, mean = (1 - 0.01 / 0.05) / 0.4;
    QCOMPARE(answer.targets[0].met, std::optional(true));
    QVERIFY(isNear(*answer.targets[0].safeLoadFactor, p99, 1e-5));
    QVERIFY(isNear(*answer.targets[1].safeLoadFactor, mean, 1e-5));
    QVERIFY(isNear(*answer.safeLoadFactor, std::min(p99, mean), 1e-5));
}

void TestAssess::safeLoadBelowOneAndNever() {
    auto answer = answerTo(mm1(80, R"({"class":"k","metric":"mean_s","at_most":0.02})"), "s");
    QCOMPARE(answer.targets[0].met, std::optional(false));
    QVERIFY(isNear(*answer.targets[0].safeLoadFactor, 0.5 / 0.8, 1e-5)); // holds where rho <= 1/2
    QVERIFY(isNear(*answer.safeLoadFactor, 0.5 / 0.8, 1e-5));
    answer = answerTo(mm1(80, R"({"class":"k","metric":"mean_s","at_most":0.009})"), "s"); // below the service time
    QVERIFY(!answer.targets[0].safeLoadFactor && !answer.safeLoadFactor);
    QVERIFY(hasCode(answer, "never_met"));
    answer = answerTo(mm1(200, R"({"class":"k","metric":"mean_s","at_most":0.02})"), "s"); // overloaded as drawn
    QVERIFY(isNear(*answer.safeLoadFactor, 0.25, 1e-5));
}

void TestAssess::safeLoadWithoutLimit() {
    const auto answer = answerTo(mm1(80, R"({"class":"k","metric":"throughput_per_s","at_least":10})"), "s");
    QCOMPARE(answer.targets[0].met, std::optional(true));
    QVERIFY(answer.targets[0].holdsAtEveryLoad && !answer.targets[0].safeLoadFactor && !answer.safeLoadFactor);
    QVERIFY(hasCode(answer, "no_limit", "k") && hasCode(answer, "no_limit"));
}

void TestAssess::headroomTarget() {
    const char* const latency = R"({"class":"k","metric":"mean_s","at_most":0.05},)"; // safe up to x2
    auto answer = answerTo(mm1(40, std::string(latency) + R"({"metric":"load_factor","at_least":1.9})"), "s");
    QCOMPARE(answer.targets[1].met, std::optional(true));
    QVERIFY(isNear(*answer.targets[1].value, 2, 1e-5));
    answer = answerTo(mm1(40, std::string(latency) + R"({"metric":"load_factor","at_least":2.1})"), "s");
    QCOMPARE(answer.targets[1].met, std::optional(false));
    answer = answerTo(mm1(40, R"({"class":"k","metric":"availability","at_least":0.9})"), "s");
    QVERIFY(!answer.targets[0].met && hasCode(answer, "not_computed", "k"));
}

void TestAssess::loadFactorScales() {
    const auto twice = answerTo(mm1(40), "s", options(2, false, 7));
    const auto drawn = answerTo(mm1(80), "s", options(1, false, 0));
    QCOMPARE(twice.revision, std::uint64_t{7});
    QVERIFY(isNear(twice.classes[0].latency->mean.count(), drawn.classes[0].latency->mean.count(), 1e-12));
    QVERIFY(isNear(*twice.saturationLoadFactor, 2.5, 1e-9)); // of the model as drawn
}

void TestAssess::overloadIsAnAnswer() {
    const auto answer = answerTo(mm1(150, R"({"class":"k","metric":"p99_s","at_most":1})"), "s");
    QVERIFY(answer.solved && answer.regime == flow::Regime::Overloaded);
    QVERIFY(!answer.classes[0].latency);
    QVERIFY(isNear(answer.classes[0].succeeded.value, 100, 1e-6) || answer.classes[0].succeeded.value >= 100);
    const auto* shop = answer.component("a");
    QVERIFY(isNear(*shop->offeredUtilisation, 1.5, 1e-9) && isNear(*shop->utilisation, 1, 1e-9));
    QVERIFY(isNear(shop->backlogGrowth.value, 50, 1e-9));
    QVERIFY(isNear(shop->carried.value, 100, 1e-6) && isNear(shop->offered.value, 150, 1e-9));
    QVERIFY(!shop->queueLength && !shop->waitMean && !shop->residenceMean && !shop->responseMean);
    QCOMPARE(answer.targets[0].met, std::optional(false));
    QVERIFY(!answer.targets[0].value && hasCode(answer, "absent", "k"));
    QVERIFY(hasCode(answer, "overloaded", "a"));
    for (const auto& problem : answer.problems) QVERIFY(problem.message.find('\n') == std::string::npos);
}

void TestAssess::webShopMeetsItsTargets() {
    const auto project = exchange::templateProject("web-shop");
    QVERIFY(project);
    const auto answer = answerTo(*project, "today");
    QVERIFY(answer.solved && answer.regime == flow::Regime::Steady);
    QVERIFY(answer.targets.size() >= 2);
    for (const auto& verdict : answer.targets) QCOMPARE(verdict.met, std::optional(true));
    QVERIFY(answer.safeLoadFactor && *answer.safeLoadFactor > 1.1 && *answer.safeLoadFactor < 2.5);
    QVERIFY(answer.bottleneck && answer.bottleneck->component == "db");
    for (const auto& problem : answer.problems)
        QVERIFY2(problem.severity != assess::Severity::Error, problem.message.c_str());
}

void TestAssess::webShopFlows() {
    const auto answer = answerTo(*exchange::templateProject("web-shop"), "today");
    // 800 pages with 2 look-ups of which 7 % miss, and 40 checkouts with 3 writes.
    QVERIFY(isNear(answer.component("db")->offered.value, 800 * 2 * 0.07 + 40 * 3, 1e-9));
    QVERIFY(isNear(*answer.component("db")->utilisation, (112 * 0.004 + 120 * 0.007) / 2, 1e-9));
    QVERIFY(isNear(*answer.component("shop")->utilisation, (800 * 0.003 + 40 * 0.012) / 8, 1e-9));
    QVERIFY(isNear(*answer.component("redis")->hitRatio, 0.93, 1e-12));
    QVERIFY(isNear(answer.link("lb", "shop")->offered.value, 840, 1e-9));
    QVERIFY(isNear(answer.link("shop", "db")->carriedByClass.at("checkout").value, 120, 1e-9));
    // Response of the users is the mean over all requests, the network included.
    const auto& browse = *answer.classes[0].latency;
    const auto& checkout = *answer.classes[1].latency;
    QVERIFY(isNear(answer.component("users")->responseMean->count(),
                   (800 * browse.mean.count() + 40 * checkout.mean.count()) / 840, 1e-9));
}

void TestAssess::nothingDrawn() {
    const auto answer = answerTo(document::emptyProject(), "today");
    QVERIFY(!answer.solved && hasCode(answer, "no_clients") && hasCode(answer, "no_target"));
    for (const auto& problem : answer.problems) QVERIFY(problem.severity != assess::Severity::Error);
    QVERIFY(!answerTo(document::emptyProject(), "tomorrow").solved);
    const auto idle = answerTo(mm1(0, R"({"class":"k","metric":"p99_s","at_most":1})"), "s");
    QVERIFY(hasCode(idle, "no_traffic"));
    QVERIFY(idle.targets.empty() || !idle.targets[0].met);
}

void TestAssess::hints() {
    const auto project = projectOf(R"({"format_version":1,"name":"p","classes":[{"id":"k","from":"u","rate_per_s":1},
        {"id":"j","name":"Jobs","from":"v","rate_per_s":1}],
        "targets":[{"class":"j","metric":"p99_s","at_most":1}],
        "scenarios":[{"id":"s","components":[{"id":"u","type":"clients"},{"id":"a","type":"service"},{"id":"b","type":"service","name":"Lonely"}],
        "links":[{"from":"u","to":"a"}]},{"id":"t","components":[{"id":"v","type":"clients"}]}]})");
    const auto answer = answerTo(project, "s");
    QVERIFY(answer.solved);
    QVERIFY(hasCode(answer, "class_not_carried", "j") && hasCode(answer, "unlinked", "b"));
    QVERIFY(!hasCode(answer, "unlinked", "a"));
    QCOMPARE(answer.classes.size(), std::size_t{2});
    QVERIFY(!answer.requestClass("j")->latency);
    QVERIFY(!answer.targets[0].met && !answer.targets[0].value); // no request at all: no verdict
    QCOMPARE(answer.component("b")->offered, PerSecond{0});
    const auto other = answerTo(project, "t");
    QVERIFY(!other.solved && hasCode(other, "unlinked", "v"));
}

void TestAssess::errorsNameTheComponent() {
    auto project = mm1(10);
    auto scenario = *project.scenarios[0];
    auto shop = *scenario.components[1];
    shop.parameters["instances"] = document::Numeric{0, {}, {}, {}};
    scenario.components[1] = shop;
    project.scenarios[0] = scenario;
    const auto answer = answerTo(project, "s");
    QVERIFY(!answer.solved && !answer.problems.empty());
    const auto& problem = answer.problems[0];
    QVERIFY(problem.severity == assess::Severity::Error);
    QCOMPARE(problem.component, std::string("a"));
    QCOMPARE(problem.field, std::string("instances"));
    QVERIFY2(problem.message.starts_with("Shop: instances: 0 is outside 1 to"), problem.message.c_str());
}

void TestAssess::stops() {
    std::stop_source source;
    source.request_stop();
    const auto answer = answerTo(mm1(10), "s", {}, source.get_token());
    QVERIFY(hasCode(answer, "stopped"));
    const std::vector<double> factors{0.5, 1};
    QVERIFY(assess::loadCurve(mm1(10), "s", factors, {}, source.get_token()).points.empty());
}

void TestAssess::loadCurveHasItsClosedForm() {
    const std::vector<double> factors{0.5, 1, 2, 3};
    const auto curve = assess::loadCurve(mm1(40), "s", factors, options(1, true, 3));
    QCOMPARE(curve.points.size(), std::size_t{4});
    QCOMPARE(curve.baseRate_per_s, 40.0);
    QCOMPARE(curve.revision, std::uint64_t{3});
    for (std::size_t i = 0; i < 3; ++i)
        QVERIFY(isNear(curve.points[i].latency[0]->mean.count(), 0.01 / (1 - 0.4 * factors[i]), 1e-9));
    QVERIFY(curve.points[2].latency[0]->cdf.empty());
    QVERIFY(!curve.points[3].latency[0]);
}

void TestAssess::curveFactorsShowTheKnee() {
    Assessment assessment;
    assessment.saturationLoadFactor = 1.5;
    const auto factors = assess::curveFactors(assessment, 60);
    QVERIFY(factors.size() >= 60);
    QVERIFY(std::is_sorted(factors.begin(), factors.end()));
    QVERIFY(factors.front() < 0.1001 && factors.back() < 1.5 && factors.back() > 1.49);
    QVERIFY(std::find(factors.begin(), factors.end(), 1.0) != factors.end());
    const auto near = std::count_if(factors.begin(), factors.end(), [](double factor) { return factor > 1.2; });
    QVERIFY(near > 20); // a fifth of the way holds a third of the points
    assessment.saturationLoadFactor.reset();
    QCOMPARE(assess::curveFactors(assessment).back(), 10.0);
    assessment.saturationLoadFactor = 0.05;
    QVERIFY(assess::curveFactors(assessment).front() > 0);
}

void TestAssess::jsonHasEveryKey() {
    for (const bool solved : {true, false}) {
        const auto answer = solved ? answerTo(*exchange::templateProject("web-shop"), "today")
                                   : answerTo(document::emptyProject(), "today");
        const auto json = nlohmann::json::parse(exchange::assessmentToJson(answer));
        for (const char* key :
             {"format_version", "project", "scenario", "load_factor", "regime", "classes", "components", "bottleneck",
              "saturation_load_factor", "safe_load_factor", "usd_per_month", "targets", "problems"})
            QVERIFY2(json.contains(key), key);
        for (const auto& one : json["classes"])
            for (const char* key :
                 {"id", "name", "offered_per_s", "throughput_per_s", "error_share", "errors", "attempts_per_request",
                  "mean_s", "p50_s", "p90_s", "p95_s", "p99_s", "p999_s", "method"})
                QVERIFY2(one.contains(key), key);
        for (const auto& one : json["components"])
            for (const char* key : {"id", "name", "type", "offered_per_s", "carried_per_s", "utilisation", "resources",
                                    "queue_length", "wait_mean_s", "residence_mean_s", "residence_p99_s",
                                    "response_mean_s", "saturation_load_factor", "usd_per_month", "defaults_used"})
                QVERIFY2(one.contains(key), key);
        for (const auto& one : json["targets"]) QVERIFY(one.contains("value") && one.contains("met"));
        for (const auto& one : json["problems"])
            for (const char* key : {"severity", "code", "component", "field", "message"})
                QVERIFY2(one.contains(key), key);
        QCOMPARE(json["classes"].size(), answer.classes.size());
    }
}

// Real nginx over four real backends (tests/data/projects/README.md): mean and p95 within 5 % of what was measured.
void TestAssess::nginxRandomAsMeasured() {
    const std::string folder = std::string(PLIMSOLL_TEST_DATA) + "/projects/";
    const auto project = exchange::projectFromJson(readText(folder + "nginx-random.json"));
    QVERIFY2(project, project ? "" : document::text(project.error()).c_str());
    const auto measured = nlohmann::json::parse(readText(folder + "nginx-random-measured.json"))["measured"];
    const auto answer = answerTo(*project, "measured");
    QVERIFY(answer.solved && answer.classes[0].latency);
    const auto& latency = *answer.classes[0].latency;
    QVERIFY(isNear(latency.mean.count(), measured["mean_s"].get<double>(), 0.05));
    QVERIFY(isNear(latency.quantile[2].count(), measured["p95_s"].get<double>(), 0.05));
    QVERIFY(isNear(latency.quantile[0].count(), measured["p50_s"].get<double>(), 0.10));
    QVERIFY(isNear(latency.quantile[3].count(), measured["p99_s"].get<double>(), 0.10));
}

// As real nginx with a timeout of 50 ms and three tries at half load (tests/data/simulate/retries.json), which
// collapsed: the figures of the good state would meet the target.
void TestAssess::aStormInReserveIsNoPass() {
    auto text = nlohmann::json::parse(readText(std::string(PLIMSOLL_TEST_DATA) + "/projects/nginx-random.json"));
    text["classes"][0]["rate_per_s"] = 200;
    auto& scenario = text["scenarios"][0];
    for (auto& component : scenario["components"])
        if (component["type"] == "load_balancer") component["parameters"]["policy"] = "round_robin";
    for (auto& link : scenario["links"])
        if (link["from"] != "sender") {
            link["timeout_s"] = 0.05;
            link["retry"] = {{"max_attempts", 3}, {"backoff_s", 0}};
        }
    const auto project = exchange::projectFromJson(text.dump());
    QVERIFY2(project, project ? "" : document::text(project.error()).c_str());
    const auto answer = answerTo(*project, "measured");
    QVERIFY(answer.solved);
    QCOMPARE(answer.regime, flow::Regime::TwoStable);
    const assess::TargetVerdict& target = answer.targets.at(0);
    QVERIFY(*target.value < target.target.bound);
    QVERIFY(target.canCollapse && target.met == false);
    QVERIFY(target.safeLoadFactor && *target.safeLoadFactor < 1 && target.breaksByCollapse);
    QCOMPARE(assess::verdictWord(target), std::string_view("can collapse"));
    QVERIFY(assess::verdict(*project, answer).find("can collapse at 200 requests/s") != std::string::npos);
    const auto calm = std::ranges::find(answer.problems, "two_stable", &assess::Problem::code);
    QVERIFY(calm != answer.problems.end());
}

PLIMSOLL_TEST(TestAssess);
#include "tst_assess.moc"
