// The project and the figures that the tests of the window's views show: a shop in miniature, and figures made up by
// hand, so that these tests do not move with the solver.
#pragma once
#include "gui/document/document.h"
#include "gui/document/figures.h"
#include "gui/document/view_state.h"
#include "gui/theme/resources.h"
#include "gui/theme/theme.h"
#include "models/edit/edit.h"

#include <QApplication>
#include <QStyleFactory>
#include <QWidget>
#include <QtTest>

#include <cmath>

namespace plimsoll::tests {

inline constexpr auto kScenario = "today";

inline document::Component component(const char* id, const char* type, const char* name) {
    document::Component made;
    made.id = id;
    made.type = type;
    made.name = name;
    return made;
}

/// Users -> Shop -> Redis and Orders DB; Browse 800/s and Checkout 40/s, each with a p99 target.
inline document::Project sampleShop() {
    auto project = document::emptyProject("Web shop");
    const auto put = [&](auto result) {
        if (result)
            project = *result;
        else
            qFatal("%s", result.error().message.c_str());
    };
    put(edit::addComponent(project, kScenario, component("users", "clients", "Users")));
    put(edit::addComponent(project, kScenario, component("app", "service", "Shop")));
    put(edit::addComponent(project, kScenario, component("redis", "cache", "Redis")));
    put(edit::addComponent(project, kScenario, component("db", "sql_database", "Orders DB")));
    for (const auto& [from, to] : {std::pair("users", "app"), std::pair("app", "redis"), std::pair("app", "db")})
        put(edit::connect(project, kScenario, {.from = from, .to = to}));
    while (!project.classes.empty()) put(edit::removeClass(project, project.classes.front().id));
    for (const auto& [id, name, rate] :
         {std::tuple("browse", "Browse", 800.0), std::tuple("checkout", "Checkout", 40.0)})
        put(edit::setClass(
            project, {.id = id, .name = name, .from = "users", .load = document::OpenLoad{.rate = perSecond(rate)}}));
    put(edit::setTargets(project, {{.classId = "browse", .metric = document::Metric::P99, .bound = 0.3},
                                   {.classId = "checkout", .metric = document::Metric::P99, .bound = 0.5}}));
    return project;
}

inline flow::Latency latency(double p50_s, double p99_s) {
    flow::Latency made;
    made.mean = seconds(p50_s * 1.2);
    made.quantile = {seconds(p50_s), seconds(p50_s * 2),   seconds(p50_s * 2.5),
                     seconds(p99_s), seconds(p99_s * 1.6), seconds(p99_s * 2)};
    constexpr int kPoints = 200;
    for (int i = 1; i < kPoints; ++i) { // exponential through p99
        const double slower = std::pow(10.0, -4.0 * i / kPoints);
        made.cdf.emplace_back(seconds(-std::log(slower) * p99_s / std::log(100.0)), Probability{1 - slower});
    }
    made.method = {.id = "mmc", .exactness = flow::Exactness::Exact};
    return made;
}

/// p99 of a class at a load: a pole at ×1.36.
inline double samplePercentile(double rest_s, double load) {
    return rest_s / std::pow(1 - load / 1.36, 0.45);
}

inline std::shared_ptr<const assess::Assessment> sampleFigures(double load = 1) {
    auto made = std::make_shared<assess::Assessment>();
    made->scenario = kScenario;
    made->loadFactor = load;
    made->solved = true;
    made->solveTime = std::chrono::microseconds(400);
    const bool stable = load < 1.36;
    made->regime = stable ? flow::Regime::Steady : flow::Regime::Overloaded;
    const auto one = [&](const char* id, const char* name, double rate, double rest_s) {
        assess::ClassFigures figures;
        figures.id = id;
        figures.name = name;
        figures.offered = figures.succeeded = perSecond(rate * load);
        if (stable) figures.latency = latency(rest_s / 3, samplePercentile(rest_s, load));
        made->classes.push_back(figures);
    };
    one("browse", "Browse", 800, 0.05);
    one("checkout", "Checkout", 40, 0.18);
    const auto part = [&](const char* id, const char* name, const char* type, double busy, double visits) {
        assess::ComponentFigures figures;
        figures.id = id;
        figures.name = name;
        figures.type = type;
        figures.offered = perSecond(visits * load);
        figures.carried = perSecond(std::min(visits * load, visits / busy));
        figures.offeredUtilisation = busy * load;
        figures.utilisation = std::min(1.0, busy * load);
        figures.backlogGrowth = perSecond(figures.offered.value - figures.carried.value);
        figures.saturationLoadFactor = 1 / busy;
        if (busy * load < 1) {
            figures.waitMean = seconds(0.0181);
            figures.residenceMean = seconds(0.03);
            figures.residenceP99 = seconds(0.141);
        }
        assess::ResourceFigures cpu{.name = "cpu", .result = {}};
        cpu.result.offered = figures.offered;
        cpu.result.utilisation = Probability{*figures.utilisation};
        cpu.result.demand = busy * load;
        cpu.result.meanWaiting = 1.7;
        cpu.result.method = {.id = "mmc", .exactness = flow::Exactness::Exact};
        figures.resources.push_back(cpu);
        if (figures.type == "sql_database") {
            cpu.name = "connections";
            cpu.isPool = true;
            cpu.result.utilisation = Probability{0.21};
            cpu.result.demand = 0.21;
            cpu.result.meanWaiting = 0;
            figures.resources.push_back(cpu);
        }
        made->components.push_back(figures);
    };
    part("app", "Shop", "service", 0.37, 840);
    part("redis", "Redis", "cache", 0.10, 840);
    part("db", "Orders DB", "sql_database", 1 / 1.36, 96);
    made->components[1].hitRatio = 0.93;
    made->components[2].saturationRank = 1;
    made->bottleneck = assess::Bottleneck{.component = "db", .resource = "cpu", .strength = 1};
    made->saturationLoadFactor = 1.36;
    made->safeLoadFactor = 1.21;
    for (const auto& target : sampleShop().targets) {
        const bool browse = target.classId == "browse";
        assess::TargetVerdict verdict;
        verdict.target = target;
        verdict.safeLoadFactor = browse ? 1.34 : 1.21;
        if (stable) verdict.value = samplePercentile(browse ? 0.05 : 0.18, load);
        verdict.met = load <= *verdict.safeLoadFactor;
        made->targets.push_back(verdict);
    }
    made->links.push_back({.from = "app",
                           .to = "db",
                           .offered = perSecond(96 * load),
                           .carried = perSecond(96 * load),
                           .carriedByClass = {{"browse", perSecond(56)}, {"checkout", perSecond(40)}}});
    return made;
}

inline std::shared_ptr<const assess::LoadCurve> sampleCurve() {
    auto made = std::make_shared<assess::LoadCurve>();
    made->classes = {"browse", "checkout"};
    made->baseRate_per_s = 840;
    for (int i = 1; i < 60; ++i) {
        const double load = 0.1 + (1.355 - 0.1) * i / 60;
        made->points.push_back(
            {load, {latency(0.05 / 3, samplePercentile(0.05, load)), latency(0.18 / 3, samplePercentile(0.18, load))}});
    }
    return made;
}

/// A document, a view and figures as the window has them.
struct Shop {
    gui::Document document;
    gui::ViewState view;
    gui::Figures figures;
    Shop() {
        document.start(sampleShop());
        view.setScenario(kScenario);
        figures.setAssessment(sampleFigures());
        figures.setCurve(sampleCurve());
    }
    const document::Component& component(const char* id) const {
        return *document::findComponent(*document.project().scenarios.front(), id);
    }
};

inline void applyTheme(const gui::Theme& theme) {
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(gui::paletteFor(theme));
    qApp->setStyleSheet(gui::styleSheetFor(theme));
    QApplication::setFont(QFont(QStringLiteral("Open Sans")));
}

/// Once a test class: icons, face, style, light theme.
inline void prepareWindow() {
    static const bool once = (gui::loadResources(), true);
    (void)once;
    applyTheme(gui::lightTheme());
}

inline bool showActive(QWidget& widget) {
    widget.show();
    widget.activateWindow();
    return QTest::qWaitForWindowActive(&widget);
}

/// Draws `widget` in both themes at both pixel ratios, to look at if PLIMSOLL_PICTURES names a folder. False: two of
/// them are equal or one is blank.
inline bool pictures(QWidget& widget, const QString& name) {
    QList<QImage> drawn;
    for (const bool dark : {false, true}) {
        applyTheme(dark ? gui::darkTheme() : gui::lightTheme());
        QCoreApplication::processEvents();
        for (const int ratio : {1, 2}) {
            QImage image(widget.size() * ratio, QImage::Format_RGB32);
            image.setDevicePixelRatio(ratio);
            image.fill(widget.palette().color(QPalette::Window));
            widget.render(&image);
            drawn += image;
            const QString folder = qEnvironmentVariable("PLIMSOLL_PICTURES");
            if (folder.isEmpty()) continue;
            image.save(QStringLiteral("%1/%2-%3-%4x.png").arg(folder, name, dark ? "dark" : "light").arg(ratio));
        }
    }
    applyTheme(gui::lightTheme());
    return drawn[0] != drawn[2] && drawn[0].pixel(drawn[0].rect().center()) != 0;
}

} // namespace plimsoll::tests
