#include "models/exchange/project_json.h"
#include "tests/models/edit/shop.h"

#include <cstdio>
#include <cstdlib>

namespace plimsoll::tests {

using namespace plimsoll::edit;
using document::MissOf;
using document::Numeric;
using document::Scenario;

namespace {

[[noreturn]] void giveUp(const char* what, const document::Error& error) {
    std::fprintf(stderr, "%s: %s\n", what, document::text(error).c_str());
    std::abort();
}

Project linked(const Project& project, const char* from, const char* to) {
    return must(connect(project, kToday, Link{.from = from, .to = to}));
}

} // namespace

Numeric numeric(double value, std::map<Id, double> byClass) {
    Numeric made;
    made.value = value;
    made.byClass = std::move(byClass);
    return made;
}

const Scenario& today(const Project& project) {
    return *document::findScenario(project, kToday);
}

/// The project, or a test failure with the refusal.
Project must(Result result) {
    if (!result) giveUp("refused", result.error());
    const auto checked = exchange::checkProject(*result);
    if (!checked) giveUp("not a project", checked.error());
    return std::move(*result);
}

Project with(const Project& project, const char* type, const char* id, std::optional<Id> area) {
    return must(addComponent(project, kToday, Component{.id = id, .type = type, .name = "", .area = std::move(area)}));
}

/// users -> lb -> app -> redis (aside), db; request types "requests" and "checkout"; an area with a zone; a spare
/// service.
Project shop() {
    Project project = document::emptyProject("Shop");
    for (const auto& [type, id] :
         {std::pair{"clients", "users"}, std::pair{"load_balancer", "lb"}, std::pair{"service", "app"},
          std::pair{"cache", "redis"}, std::pair{"sql_database", "db"}, std::pair{"service", "spare"},
          std::pair{"area", "region"}})
        project = with(project, type, id);
    project = with(project, "area", "zone", "region");
    for (const auto& [from, to] : {std::pair{"users", "lb"}, std::pair{"lb", "app"}, std::pair{"app", "redis"}})
        project = linked(project, from, to);
    project = must(connect(project, kToday, Link{.from = "app", .to = "db", .when = MissOf{"redis"}}));
    project = must(setClass(project, {"checkout", "Checkout", "users", document::OpenLoad{.rate = perSecond(4)}}));
    return must(setParameter(project, kToday, "app", "cpu_s", numeric(0.01, {{"checkout", 0.02}})));
}

Project namedShop() {
    const Project plain = shop();
    Project project = plain;
    for (const auto& component : today(plain).components) {
        std::string name = component->id;
        name[0] = static_cast<char>(name[0] - 'a' + 'A');
        project = must(rename(project, kToday, component->id, name));
    }
    return project;
}

} // namespace plimsoll::tests
