#include "gui/report/text_blocks.h"
#include "models/exchange/templates.h"
#include "tests/gui/report/report_projects.h"

#include <QRegularExpression>
#include <QStringList>
#include <QtTest>

#include <algorithm>
#include <map>

namespace plimsoll::tests {
namespace {

using document::Component;
using document::Project;
using document::Scenario;

template <class Change> void changeScenario(Project& project, Change change) {
    Scenario scenario = *project.scenarios.front();
    change(scenario);
    project.scenarios.front() = std::move(scenario);
}

void rename(Scenario& scenario, const std::function<std::string(const std::string&)>& renamed) {
    for (auto& shared : scenario.components) {
        Component component = *shared;
        component.name = renamed(component.name);
        shared = std::move(component);
    }
}

} // namespace

Project webShop() {
    return exchange::templateProject("web-shop").value();
}

Project longNames() {
    Project project = webShop();
    project.name = "The capacity of the web shop of the Southern Bookseller and Stationery Company Limited, second "
                   "revision after the review of the autumn sale, for whom it may concern";
    for (auto& requestClass : project.classes)
        requestClass.name = "A customer who does " + requestClass.name + " while sitting on a slow train somewhere";
    changeScenario(project, [](Scenario& scenario) {
        scenario.name = "Today, as it was drawn by the team for operations after the review of November";
        rename(scenario, [](const std::string& name) {
            return name + " of the region that nobody dares to touch, "
                          "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzdatenbankserver";
        });
    });
    return project;
}

Project manyComponents(int count) {
    Project project = webShop();
    changeScenario(project, [&](Scenario& scenario) {
        const Component shop = *document::findComponent(scenario, "shop");
        std::string before = shop.id;
        for (int i = 0; static_cast<int>(scenario.components.size()) < count; ++i) {
            Component component = shop;
            component.id = "service-" + std::to_string(i);
            component.name = "Service number " + std::to_string(i);
            component.position = {280.0 * (i % 8), 400.0 + 120.0 * static_cast<double>(i / 8)};
            component.parameters["instances"] = document::Numeric{3.0 + i % 4, {}, {}, {}};
            scenario.components.push_back(component);
            scenario.links.push_back(document::Link{.from = i % 8 == 0 ? shop.id : before, .to = component.id});
            before = component.id;
        }
    });
    return project;
}

Project manyClasses(int count) {
    Project project = webShop();
    for (int i = static_cast<int>(project.classes.size()); i < count; ++i) {
        auto requestClass = project.classes.front();
        requestClass.id = "class-" + std::to_string(i);
        requestClass.name = "Request type " + std::to_string(i);
        requestClass.load = document::OpenLoad{.rate = PerSecond{1.0 + i}};
        project.classes.push_back(requestClass);
        project.targets.push_back({requestClass.id, document::Metric::P99, true, 0.2 + 0.01 * i});
    }
    return project;
}

Project withoutTargets() {
    Project project = webShop();
    project.targets.clear();
    return project;
}

Project withoutTraffic() {
    Project project = webShop();
    for (auto& requestClass : project.classes) requestClass.load = document::OpenLoad{.rate = PerSecond{0}};
    return project;
}

Project endlessTexts(int words) {
    Project project = webShop();
    for (int i = 0; i < words; ++i) project.note += " word" + std::to_string(i);
    changeScenario(project, [&](Scenario& scenario) {
        rename(scenario, [&](const std::string& name) {
            if (name != "Redis") return name;
            std::string endless = name;
            for (int i = 0; i < words; ++i) endless += " and" + std::to_string(i);
            return endless;
        });
    });
    return project;
}

std::unique_ptr<const Solved> solved(Project project, double loadFactor) {
    constexpr int kPoints = 12; // of the curve: its text is what is tested
    const assess::Options options{.loadFactor = loadFactor};
    const document::Id scenario = project.scenarios.front()->id;
    auto assessment = assess::assess(project, scenario, options);
    auto curve = assess::loadCurve(project, scenario, assess::curveFactors(assessment, kPoints), options);
    return std::make_unique<const Solved>(Solved{std::move(project), std::move(assessment), std::move(curve)});
}

namespace {

struct Case {
    QString name;
    std::function<Project()> make;
    double loadFactor = 1;
};

const std::vector<Case>& cases() {
    static const std::vector<Case> all{{QStringLiteral("web shop"), webShop},
                                       {QStringLiteral("overloaded"), webShop, 2},
                                       {QStringLiteral("hardly any load"), webShop, 1e-5},
                                       {QStringLiteral("long names"), longNames},
                                       {QStringLiteral("60 components"), [] { return manyComponents(60); }},
                                       {QStringLiteral("8 request types"), [] { return manyClasses(8); }},
                                       {QStringLiteral("no targets"), withoutTargets},
                                       {QStringLiteral("no traffic"), withoutTraffic},
                                       {QStringLiteral("endless texts"), [] { return endlessTexts(kEndlessWords); }}};
    return all;
}

} // namespace

std::shared_ptr<const Solved> solvedCase(const QString& name) {
    static std::map<QString, std::shared_ptr<const Solved>> known; // each is solved once for all tests
    auto& one = known[name];
    if (!one) {
        const auto found = std::ranges::find(cases(), name, &Case::name);
        one = solved(found->make(), found->loadFactor);
    }
    return one;
}

const std::vector<gui::report::Page>& pagesOfCase(const QString& name) {
    static std::map<QString, std::vector<gui::report::Page>> known;
    auto& pages = known[name];
    if (pages.empty()) pages = gui::report::layOut(solvedCase(name)->source());
    return pages;
}

void addCases() {
    QTest::addColumn<QString>("name");
    for (const Case& one : cases()) QTest::newRow(qPrintable(one.name)) << one.name;
}

QString plain(QString text) {
    text.replace(QChar(0x2009), QLatin1Char(' ')).replace(QChar(0x00a0), QLatin1Char(' '));
    static const QRegularExpression spaces(QStringLiteral("\\s+"));
    return text.replace(spaces, QStringLiteral(" "));
}

QString wordsOf(const std::vector<gui::report::Page>& pages) {
    QStringList words;
    for (const auto& page : pages)
        for (const auto& placed : page.blocks)
            for (const auto& text : placed.block.texts) words << text.words;
    return plain(words.join(QLatin1Char(' ')));
}

} // namespace plimsoll::tests
