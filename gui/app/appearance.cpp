#include "gui/app/appearance.h"

#include "gui/theme/fonts.h"
#include "gui/theme/theme.h"

#include <QApplication>
#include <QSettings>
#include <QStyleFactory>

namespace plimsoll::gui {
namespace {

const QString kKey = QStringLiteral("theme");

Appearance::Choice choiceOf(const QString& name) {
    if (name == QLatin1String("light")) return Appearance::Choice::Light;
    return name == QLatin1String("dark") ? Appearance::Choice::Dark : Appearance::Choice::System;
}

QString nameOf(Appearance::Choice choice) {
    switch (choice) {
    case Appearance::Choice::Light: return QStringLiteral("light");
    case Appearance::Choice::Dark: return QStringLiteral("dark");
    case Appearance::Choice::System: break;
    }
    return QStringLiteral("system");
}

bool isDark(const QPalette& palette) {
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

} // namespace

Appearance::Appearance(const QString& name, QObject* parent)
    : QObject(parent), m_systemIsDark(isDark(QApplication::palette())) {
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setFont(uiFont(13));
    m_choice = choiceOf(name.isEmpty() ? QSettings().value(kKey).toString() : name);
    wear();
}

void Appearance::choose(Choice choice) {
    m_choice = choice;
    QSettings().setValue(kKey, nameOf(choice));
    wear();
}

void Appearance::wear() {
    const bool dark = m_choice == Choice::Dark || (m_choice == Choice::System && m_systemIsDark);
    const Theme& theme = dark ? darkTheme() : lightTheme();
    QApplication::setPalette(paletteFor(theme));
    qApp->setStyleSheet(styleSheetFor(theme));
}

} // namespace plimsoll::gui
