#include "models/components/component_type.h"
#include "models/exchange/types_json.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace plimsoll;

class TestTypesJson : public QObject {
    Q_OBJECT
private slots:
    void listsEveryParameter();
};

void TestTypesJson::listsEveryParameter() {
    const auto types = nlohmann::json::parse(exchange::typesToJson());
    QCOMPARE(types.size(), components::registry().size());
    for (std::size_t i = 0; i < types.size(); ++i) {
        const auto& declared = *components::registry()[i];
        QCOMPARE(types[i]["type"].get<std::string>(), std::string(declared.id));
        QCOMPARE(types[i]["parameters"].size(), declared.parameters.size());
        for (const auto& parameter : types[i]["parameters"]) {
            for (const char* key : {"key", "label", "dimension", "unit", "minimum", "maximum", "default", "choices",
                                    "by_class", "group", "help"})
                QVERIFY2(parameter.contains(key), key);
            const auto* own = components::findParameter(declared, parameter["key"].get<std::string>());
            QVERIFY(own);
            if (own->defaultNumber) QCOMPARE(parameter["default"].get<double>(), *own->defaultNumber);
        }
    }
}

PLIMSOLL_TEST(TestTypesJson);
#include "tst_types_json.moc"
