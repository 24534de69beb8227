// Walks every component type: what is declared must hold together, so that palette, inspector, files and help can rely
// on it.
#include "models/components/component_type.h"
#include "models/document/id.h"
#include "tests/support/test_registry.h"

#include <QFile>
#include <QSet>
#include <QtTest>

#include <cmath>
#include <limits>

using namespace plimsoll;
using namespace plimsoll::components;
using document::Component;
using document::Numeric;
using document::Value;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

bool isNumeric(Dimension dimension) {
    return dimension != Dimension::Word && dimension != Dimension::Switch && dimension != Dimension::Words;
}

Component drawn(std::string_view type) {
    return {.id = "it", .type = std::string(type), .name = "It"};
}

Numeric numeric(double value) {
    Numeric made;
    made.value = value;
    return made;
}

const Parameter& parameterOf(const char* type, const char* key) {
    return *findParameter(*findType(type), key);
}

} // namespace

class RegistryTest : public QObject {
    Q_OBJECT
private slots:
    void listsTheSixTypes() {
        QStringList ids;
        for (const ComponentType* type : registry()) ids << QString::fromUtf8(type->id.data(), int(type->id.size()));
        QCOMPARE(ids, QStringList({"clients", "load_balancer", "service", "cache", "sql_database", "area"}));
        QCOMPARE(findType("teapot"), nullptr);
    }

    void types_data() {
        QTest::addColumn<QString>("id");
        for (const ComponentType* type : registry())
            QTest::newRow(type->id.data()) << QString::fromUtf8(type->id.data());
    }
    void types() {
        QFETCH(QString, id);
        const ComponentType& type = *findType(id.toStdString());
        QVERIFY(document::isId(type.id) && !type.id.empty());
        QVERIFY(!type.label.empty() && !type.category.empty() && !type.help.empty());
        QVERIFY(!type.help.ends_with('.'));
        QVERIFY2(QFile::exists(QStringLiteral(PLIMSOLL_SOURCE "/resources/icons/components/%1.svg").arg(id)),
                 "no icon");
        QVERIFY(type.subtitle);
        QVERIFY(!type.subtitle(drawn(type.id)).empty());
        QVERIFY(type.capabilities.contains || (type.declare && type.enter));
        QVERIFY2(!firstFault(drawn(type.id)), "the defaults contradict each other");
        QSet<QString> keys;
        for (const Parameter& parameter : type.parameters) {
            const QString key = QString::fromUtf8(parameter.key.data(), int(parameter.key.size()));
            QVERIFY2(!keys.contains(key), qPrintable(key));
            keys.insert(key);
        }
    }

    void parameters_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("key");
        for (const ComponentType* type : registry())
            for (const Parameter& parameter : type->parameters)
                QTest::addRow("%s.%s", type->id.data(), parameter.key.data())
                    << QString::fromUtf8(type->id.data()) << QString::fromUtf8(parameter.key.data());
    }
    void parameters() {
        QFETCH(QString, type);
        QFETCH(QString, key);
        const Parameter& parameter = *findParameter(*findType(type.toStdString()), key.toStdString());
        QVERIFY(document::isId(parameter.key));
        QVERIFY(!parameter.label.empty() && !parameter.group.empty() && !parameter.help.empty());
        QVERIFY2(parameter.help.find('\n') == std::string_view::npos, "help is one line");
        const bool isTime = parameter.dimension == Dimension::Time;
        QCOMPARE(key.endsWith("_s"), isTime);
        QCOMPARE(key.endsWith("_deg"), parameter.dimension == Dimension::Degrees);
        const auto value = defaultValue(parameter);
        QCOMPARE(!value, !parameter.absent.empty());
        if (value) QVERIFY2(!whyNotValue(parameter, *value), "the default is out of range");
        if (!isNumeric(parameter.dimension)) {
            QVERIFY(!parameter.byClass && !parameter.integer);
            return;
        }
        QVERIFY(std::isfinite(parameter.minimum) && std::isfinite(parameter.maximum));
        QVERIFY(parameter.minimum < parameter.maximum);
        QVERIFY(parameter.choices.empty());
        QVERIFY(!parameter.byClass || parameter.defaultNumber);
        QVERIFY(parameter.dimension != Dimension::Count || parameter.integer);
        for (const double nonsense : {kNan, kInfinity, -kInfinity, std::nextafter(parameter.minimum, -kInfinity),
                                      std::nextafter(parameter.maximum, kInfinity)})
            QVERIFY2(whyNotValue(parameter, numeric(nonsense)), qPrintable(QString::number(nonsense)));
        QVERIFY(!whyNotValue(parameter, numeric(parameter.minimum)));
        QVERIFY(!whyNotValue(parameter, numeric(parameter.maximum)));
        QVERIFY(whyNotValue(parameter, std::string("random")));
        if (parameter.integer) QVERIFY(whyNotValue(parameter, numeric(parameter.minimum + 0.5)));
    }

    void fixedKeys() {
        QVERIFY(parameterOf("service", "cpu_s").byClass);
        QVERIFY(parameterOf("service", "instances").integer);
        QCOMPARE(parameterOf("load_balancer", "policy").choices.size(), std::size_t{10});
    }

    void refusals_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("key");
        QTest::addColumn<Value>("value");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const char* type, const char* key, Value value, const char* reason) {
            QTest::newRow(name) << type << key << value << QString::fromUtf8(reason);
        };
        row("too few", "service", "instances", numeric(0), "0 is outside 1 to 100000");
        row("unit", "service", "cpu_s", numeric(-1), "-1 is outside 0 to 86400 s");
        row("not whole", "service", "instances", numeric(1.5), "1.5 is not a whole number");
        row("nan", "service", "instances", numeric(kNan), "nan is not a number");
        row("infinite", "service", "cpu_s", numeric(kInfinity), "inf is not a number");
        row("word for a number", "service", "cpu_s", std::string("fast"), "a number is needed");
        row("number for a word", "load_balancer", "policy", numeric(1),
            "one of random, round_robin, weighted_round_robin, least_connections, weighted_least_connections, "
            "least_response_time, resource_based, power_of_two, key_hash, key_range is needed");
        row("unknown word", "area", "kind", std::string("planet"), "\"planet\" is not one of region, zone, vpc");
        Numeric byClass = numeric(0.01);
        byClass.byClass = {{"checkout", -2}};
        row("by class", "service", "cpu_s", byClass, "checkout: -2 is outside 0 to 86400 s");
        Numeric notByClass = numeric(2);
        notByClass.byClass = {{"checkout", 3}};
        row("not by class", "service", "instances", notByClass, "it cannot differ by request type");
        Numeric unordered = numeric(0.2);
        unordered.range = document::Range{0.3, 0.2, 0.4};
        row("range not ascending", "service", "cpu_s", unordered, "0.3..0.2..0.4 is not in ascending order");
        Numeric offRange = numeric(0.25);
        offRange.range = document::Range{0.1, 0.2, 0.4};
        row("value off its range", "service", "cpu_s", offRange, "0.25 is not the likely value 0.2 of its range");
        Numeric wide = numeric(0.5);
        wide.range = document::Range{0.1, 0.5, 1.5};
        row("range out of range", "cache", "hit_ratio", wide, "1.5 is outside 0 to 1");
    }
    void refusals() {
        QFETCH(QString, type);
        QFETCH(QString, key);
        QFETCH(Value, value);
        QFETCH(QString, reason);
        const auto why = whyNotValue(*findParameter(*findType(type.toStdString()), key.toStdString()), value);
        QVERIFY(why);
        QCOMPARE(QString::fromStdString(*why), reason);
        Component component = drawn(type.toStdString());
        component.parameters[key.toStdString()] = value;
        const auto fault = firstFault(component);
        QVERIFY(fault);
        QCOMPARE(fault->component, std::string("It"));
        QCOMPARE(QString::fromStdString(fault->field), key);
        QCOMPARE(QString::fromStdString(fault->message), reason);
    }

    void contradictions_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QStringList>("set");
        QTest::addColumn<QString>("fault");
        QTest::newRow("queue without threads")
            << "service" << QStringList{"queue_limit=5"}
            << "It: queue_limit: 5 has no effect without a limit of threads, 1 to 1000000";
        QTest::newRow("wait without threads")
            << "service" << QStringList{"max_wait_s=2"}
            << "It: max_wait_s: 2 has no effect without a limit of threads, 1 to 1000000";
        QTest::newRow("contention without threads")
            << "service" << QStringList{"sigma=0.1"}
            << "It: threads: absent, but contention under time sharing needs a limit of 1 to 1000000";
        QTest::newRow("contention with threads") << "service" << QStringList{"sigma=0.1", "threads=8"} << "";
        QTest::newRow("contention without connections")
            << "sql_database" << QStringList{"kappa=0.01"}
            << "It: connections: absent, but contention under time sharing needs a limit of 1 to 100000";
        QTest::newRow("latitude alone") << "area" << QStringList{"latitude_deg=35"}
                                        << "It: longitude_deg: absent although the latitude is 35; -180 to 180 degrees";
        QTest::newRow("longitude alone") << "area" << QStringList{"longitude_deg=139"}
                                         << "It: latitude_deg: absent although the longitude is 139; -90 to 90 degrees";
        QTest::newRow("both") << "area" << QStringList{"latitude_deg=35", "longitude_deg=139"} << "";
        QTest::newRow("unknown key") << "area" << QStringList{"cores=2"}
                                     << "It: cores: Area (region, zone, VPC) has no such parameter";
        QTest::newRow("unknown type") << "teapot" << QStringList{} << "It: type: there is no component type \"teapot\"";
    }
    void contradictions() {
        QFETCH(QString, type);
        QFETCH(QStringList, set);
        QFETCH(QString, fault);
        Component component = drawn(type.toStdString());
        for (const QString& one : set) {
            const QStringList parts = one.split('=');
            component.parameters[parts[0].toStdString()] = numeric(parts[1].toDouble());
        }
        const auto found = firstFault(component);
        QCOMPARE(found ? QString::fromStdString(document::text(*found)) : QString(), fault);
    }

    void valuesInForce() {
        Component component = drawn("service");
        QCOMPARE(number(component, "cpu_s"), std::optional(0.01));
        QCOMPARE(number(component, "threads"), std::optional<double>());
        Numeric cpu = numeric(0.02);
        cpu.byClass = {{"checkout", 0.05}};
        component.parameters["cpu_s"] = cpu;
        component.parameters["discipline"] = std::string("fcfs");
        component.parameters["threads"] = numeric(8);
        QCOMPARE(number(component, "cpu_s"), std::optional(0.02));
        QCOMPARE(number(component, "cpu_s", "browse"), std::optional(0.02));
        QCOMPARE(number(component, "cpu_s", "checkout"), std::optional(0.05));
        QCOMPARE(wholeNumber(component, "threads"), std::optional<std::uint32_t>(8));
        QCOMPARE(word(component, "discipline"), std::string("fcfs"));
        QCOMPARE(word(drawn("service"), "discipline"), std::string("processor_sharing"));
    }

    void inputsNobodyTouched() {
        Component component = drawn("clients");
        QCOMPARE(countInputs(component).all, 3);
        QCOMPARE(countInputs(component).defaults, 3);
        component.parameters["rtt_s"] = numeric(0.05);
        QCOMPARE(countInputs(component).defaults, 2);
        Numeric assumed = numeric(0.5);
        assumed.provenance.kind = document::Provenance::Kind::Default;
        component.parameters["new_connection_share"] = assumed;
        QCOMPARE(countInputs(component).defaults, 2);
        Component place = drawn("area");
        QCOMPARE(countInputs(place).all, 2); // an absent position is no input
        place.parameters["latitude_deg"] = numeric(35);
        QCOMPARE(countInputs(place).all, 3);
        QCOMPARE(countInputs(place).defaults, 2);
        QCOMPARE(countInputs(drawn("teapot")).all, 0);
    }

    void subtitles() {
        const auto subtitle = [](const Component& component) { return findType(component.type)->subtitle(component); };
        QCOMPARE(subtitle(drawn("service")), std::string("Service ×2, 2 vCPU"));
        QCOMPARE(subtitle(drawn("load_balancer")), std::string("Random"));
        QCOMPARE(subtitle(drawn("cache")), std::string("Aside, 90 % hits"));
        QCOMPARE(subtitle(drawn("sql_database")), std::string("4 cores"));
        QCOMPARE(subtitle(drawn("clients")), std::string("Round trip 20 ms"));
        QCOMPARE(subtitle(drawn("area")), std::string("Region"));
    }
};

PLIMSOLL_TEST(RegistryTest);
#include "tst_registry.moc"
