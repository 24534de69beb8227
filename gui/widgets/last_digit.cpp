#include "gui/widgets/last_digit.h"

#include <QRegularExpression>

namespace plimsoll::gui {

std::optional<QString> steppedInLastDigit(const QString& typed, int steps) {
    static const QRegularExpression number(
        QStringLiteral(R"(^\s*(-?)(\d{1,15})(?:([.,])(\d*))?(?![eE]\d)([^\d.,].*)?$)"));
    const auto match = number.match(typed);
    if (!match.hasMatch()) return {};
    const QString fraction = match.captured(4);
    bool ok = false;
    qint64 digits = (match.captured(2) + fraction).toLongLong(&ok);
    constexpr int kMostDigits = 17; // well inside 64 bits
    if (!ok || match.captured(2).size() + fraction.size() > kMostDigits) return {};
    if (!match.captured(1).isEmpty()) digits = -digits;
    digits += steps;
    QString text = QString::number(std::abs(digits)).rightJustified(fraction.size() + 1, '0');
    if (!fraction.isEmpty()) text.insert(text.size() - fraction.size(), match.captured(3));
    return (digits < 0 ? QStringLiteral("-") : QString()) + text + match.captured(5);
}

} // namespace plimsoll::gui
