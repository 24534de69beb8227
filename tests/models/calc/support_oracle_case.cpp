#include "models/calc/calc.h"
#include "tests/models/calc/oracle_case.h"

#include <QFile>
#include <QtTest>

#include <algorithm>
#include <cmath>

namespace plimsoll::tests {

json readData(const char* name) {
    QFile file(QString(PLIMSOLL_TEST_DATA "/engine/%1").arg(name));
    if (!file.open(QIODevice::ReadOnly)) qFatal("no %s", name);
    return json::parse(file.readAll().toStdString());
}

json answerOf(const json& one) {
    const auto text = calc::answer(json{{"cases", json::array({one})}}.dump());
    if (!text) qFatal("%s", text.error().message.c_str());
    return json::parse(*text).at("cases").at(0);
}

namespace {

QString differenceOfMembers(const json& expected, const json& actual, const json& tolerance, const std::string& place) {
    for (const auto& [key, value] : expected.items()) {
        if (!actual.is_object() || !actual.contains(key)) return QString::fromStdString(place + "/" + key + " missing");
        const QString off = difference(value, actual.at(key), tolerance, place + "/" + key);
        if (!off.isEmpty()) return off;
    }
    return {};
}

QString differenceOfPlaces(const json& expected, const json& actual, const json& tolerance, const std::string& place) {
    // Of a list of results the expected ones may be the first few; a list of numbers is meant whole.
    const bool isPart = !expected.empty() && expected[0].is_object();
    if (!actual.is_array() || actual.size() < expected.size() || (!isPart && actual.size() != expected.size()))
        return QString::fromStdString(place + ": " + actual.dump() + ", expected " + expected.dump());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const QString off = difference(expected[i], actual[i], tolerance, place + "/" + std::to_string(i));
        if (!off.isEmpty()) return off;
    }
    return {};
}

} // namespace

QString difference(const json& expected, const json& actual, const json& tolerance, const std::string& place) {
    if (expected.is_object()) return differenceOfMembers(expected, actual, tolerance, place);
    if (expected.is_array()) return differenceOfPlaces(expected, actual, tolerance, place);
    bool same = expected == actual;
    if (expected.is_number() && actual.is_number()) {
        const double wanted = expected.get<double>();
        same = std::abs(actual.get<double>() - wanted) <=
               tolerance.at("abs").get<double>() + tolerance.at("rel").get<double>() * std::abs(wanted);
    }
    return same ? QString() : QString::fromStdString(place + ": " + actual.dump() + ", expected " + expected.dump());
}

QString failure(const json& one) {
    const json answer = answerOf(one);
    if (answer.at("id") != one.at("id")) return "another id: " + QString::fromStdString(answer.dump());
    if (one.contains("expected_error")) {
        if (!answer.contains("error")) return "not refused: " + QString::fromStdString(answer.dump());
        const std::string message = answer.at("error").at("message");
        const bool oneLine = !message.empty() && message.find('\n') == std::string::npos;
        const bool named = answer.at("error").at("field") != "" && answer.at("error").at("field") != "topic";
        return oneLine && named ? QString() : "not one line about a field: " + QString::fromStdString(answer.dump());
    }
    if (!answer.contains("results")) return QString::fromStdString(answer.dump());
    // A model's figures carry their methods one by one.
    if (one.at("topic") != "model" && !answer.at("results").contains("method")) return "no method named";
    return difference(one.at("expected"), answer.at("results"), one.at("tolerance"));
}

void addOracleCases(const char* file, const std::function<bool(const json&)>& wanted, bool firstFile) {
    if (firstFile) QTest::addColumn<QString>("text");
    const json data = readData(file);
    for (const json& one : data.at("cases"))
        if (wanted(one))
            QTest::addRow("%s", one.at("id").get<std::string>().c_str()) << QString::fromStdString(one.dump());
}

void addOracleCases(const char* file, std::initializer_list<std::string_view> topics, bool firstFile) {
    addOracleCases(
        file,
        [&](const json& one) {
            return std::ranges::find(topics, one.at("topic").get_ref<const std::string&>()) != topics.end();
        },
        firstFile);
}

} // namespace plimsoll::tests
