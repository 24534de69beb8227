#include "gui/theme/theme.h"

namespace plimsoll::gui {
namespace {

Theme makeLight() {
    Theme t;
    t.canvas = "#f4f6f8";
    t.card = "#ffffff";
    t.plotGround = "#ffffff";
    t.accent = "#0b5cad";
    t.text = "#1b1f24";
    t.muted = "#57606a";
    t.line = "#7f8891";
    t.gridDots = "#d0d7de";
    t.hairline = "#d9dee4";
    t.field = "#ffffff";
    t.hoverRow = "#eef1f4";
    t.selected = "#e3edf8";
    t.quietBox = "#f6f8fa";
    t.error = "#b00020";
    t.warning = "#9a5b00";
    t.good = "#1b6e3c";
    t.infoTint = "#edf4fb";
    t.warningTint = "#fdf3e1";
    t.errorTint = "#fcebed";
    t.barTrack = "#e6eaee";
    t.shadow = QColor(27, 31, 36, 26);
    t.step = {QColor("#7e9098"), QColor("#1c5f9a"), QColor("#cd8300"), QColor("#b1462b"), QColor("#6d1a1c")};
    t.textOnStep = {QColor("#1b1f24"), QColor("#ffffff"), QColor("#1b1f24"), QColor("#ffffff"), QColor("#ffffff")};
    t.series = {QColor("#2d6acb"), QColor("#c17c3b"), QColor("#1e805a"), QColor("#b15182"),
                QColor("#886808"), QColor("#2698bf"), QColor("#33402d")};
    return t;
}

Theme makeDark() {
    Theme t;
    t.dark = true;
    t.canvas = "#17191c";
    t.card = "#23262b";
    t.plotGround = "#1e2125";
    t.accent = "#6cb2f5";
    t.text = "#e6e8eb";
    t.muted = "#a4abb4";
    t.line = "#737c86";
    t.gridDots = "#33383f";
    t.hairline = "#34393f";
    t.field = "#1b1e22";
    t.hoverRow = "#2c3036";
    t.selected = "#233a50";
    t.quietBox = "#292d32";
    t.error = "#ff8a93";
    t.warning = "#ffc266";
    t.good = "#63d297";
    t.infoTint = "#203042";
    t.warningTint = "#382d1c";
    t.errorTint = "#3b2428";
    t.barTrack = "#343a41";
    t.shadow = QColor(0, 0, 0, 107);
    t.step = {QColor("#5b8398"), QColor("#33aff0"), QColor("#f7ea92"), QColor("#ee9324"), QColor("#e13d5a")};
    t.textOnStep = {QColor("#17191c"), QColor("#17191c"), QColor("#17191c"), QColor("#17191c"), QColor("#ffffff")};
    t.series = {QColor("#5d8ef4"), QColor("#f48b3a"), QColor("#35c98f"), QColor("#bd85ab"),
                QColor("#ffda1e"), QColor("#b6e4f8"), QColor("#f8efe5")};
    return t;
}

} // namespace

int Theme::stepIndex(double utilisation) {
    if (utilisation > 1) return 4;
    if (utilisation >= 0.8) return 3;
    if (utilisation >= 0.6) return 2;
    return utilisation >= 0.3 ? 1 : 0;
}

const Theme& lightTheme() {
    static const Theme theme = makeLight();
    return theme;
}

const Theme& darkTheme() {
    static const Theme theme = makeDark();
    return theme;
}

const Theme& themeFor(const QPalette& palette) {
    // Light: a role that style sheets leave alone. A sheet's "background: transparent" makes Window black.
    return palette.color(QPalette::Active, QPalette::Light) == darkTheme().card ? darkTheme() : lightTheme();
}

QPalette paletteFor(const Theme& t) {
    QPalette p;
    p.setColor(QPalette::Window, t.card);
    p.setColor(QPalette::WindowText, t.text);
    p.setColor(QPalette::Base, t.field);
    p.setColor(QPalette::AlternateBase, t.quietBox);
    p.setColor(QPalette::Text, t.text);
    p.setColor(QPalette::PlaceholderText, t.muted);
    p.setColor(QPalette::Button, t.card);
    p.setColor(QPalette::ButtonText, t.text);
    p.setColor(QPalette::BrightText, t.error);
    p.setColor(QPalette::Highlight, t.accent);
    p.setColor(QPalette::HighlightedText, t.dark ? t.canvas : t.card);
    p.setColor(QPalette::Link, t.accent);
    p.setColor(QPalette::ToolTipBase, t.card);
    p.setColor(QPalette::ToolTipText, t.text);
    p.setColor(QPalette::Light, t.card);
    p.setColor(QPalette::Midlight, t.hairline);
    p.setColor(QPalette::Mid, t.line);
    p.setColor(QPalette::Dark, t.line);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, t.line);
    return p;
}

QString styleSheetFor(const Theme& t) {
    // One sheet for what Fusion draws too heavily: frames, fields, menus, tabs. Sizes are those of mock/README.md.
    QString sheet = QStringLiteral(R"(
QMainWindow, QStatusBar, QMenuBar, QToolBar { background: %card; }
QMainWindow::separator { width: 1px; height: 1px; background: %hairline; }
QMenuBar { border-bottom: 1px solid %hairline; padding: 0 4px; }
QMenuBar::item { padding: 5px 9px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: %hoverRow; }
QMenu { background: %card; border: 1px solid %hairline; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 24px; border-radius: 4px; }
QMenu::item:selected { background: %selected; color: %text; }
QMenu::item:disabled { color: %line; }
QMenu::separator { height: 1px; background: %hairline; margin: 4px 8px; }
QToolBar { border: 0; border-bottom: 1px solid %hairline; spacing: 4px; padding: 0; }
QToolBar::separator { width: 1px; background: %hairline; margin: 10px 8px; }
QStatusBar { border-top: 1px solid %hairline; min-height: 27px; }
QStatusBar::item { border: 0; }
QLineEdit, QComboBox { background: %field; border: 1px solid %line; border-radius: 4px; padding: 0 8px; min-height: 26px; selection-background-color: %accent; }
QLineEdit:focus, QComboBox:focus { border: 2px solid %accent; padding: 0 7px; min-height: 24px; }
QLineEdit:disabled, QComboBox:disabled { color: %line; border-color: %hairline; }
QLineEdit[invalid="true"] { border: 2px solid %error; padding: 0 7px; min-height: 24px; }
QComboBox::drop-down { border: 0; width: 14px; }
QComboBox QAbstractItemView { background: %card; border: 1px solid %hairline; selection-background-color: %selected; selection-color: %text; }
QPushButton { background: %card; border: 1px solid %line; border-radius: 4px; padding: 0 12px; min-height: 26px; }
QPushButton:hover { background: %hoverRow; }
QPushButton:focus { border: 2px solid %accent; padding: 0 11px; min-height: 24px; }
QPushButton:default { background: %accent; color: %onAccent; border-color: %accent; }
QPushButton:disabled { color: %line; border-color: %hairline; }
QToolButton { border: 0; border-radius: 4px; padding: 0 6px; min-height: 28px; background: transparent; }
QToolButton:hover { background: %hoverRow; }
QToolButton:checked { background: %selected; color: %accent; border: 1px solid %accent; }
QToolButton:focus { border: 1px solid %accent; }
QToolButton:disabled { color: %line; }
QScrollArea, QAbstractScrollArea { border: 0; background: %card; }
QScrollBar:vertical { width: 10px; background: transparent; }
QScrollBar:horizontal { height: 10px; background: transparent; }
QScrollBar::handle { background: %barTrack; border-radius: 5px; min-height: 24px; min-width: 24px; }
QScrollBar::handle:hover { background: %line; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: transparent; width: 0; height: 0; }
QTabBar { background: %card; }
QTabBar::tab { padding: 0 10px; height: 30px; color: %muted; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: %text; border-bottom: 2px solid %accent; }
QTabBar::tab:disabled { color: %line; }
QTableView { background: %card; alternate-background-color: %card; selection-background-color: %selected; selection-color: %text; }
QTableView::item { padding: 0 8px; border-bottom: 1px solid %hairline; }
QHeaderView, QHeaderView::section { background: %quietBox; color: %muted; border: 0; }
QHeaderView::section { padding: 0 8px; border-bottom: 1px solid %hairline; }
QProgressBar { background: %barTrack; border: 0; border-radius: 3px; }
QProgressBar::chunk { background: %accent; border-radius: 3px; }
QToolTip { background: %card; color: %text; border: 1px solid %hairline; padding: 4px 6px; }
QCheckBox { spacing: 8px; min-height: 28px; }
)");
    const std::pair<const char*, QColor> colours[] = {
        {"%hairline", t.hairline}, {"%hoverRow", t.hoverRow}, {"%selected", t.selected},
        {"%barTrack", t.barTrack}, {"%quietBox", t.quietBox}, {"%onAccent", t.dark ? t.canvas : t.card},
        {"%accent", t.accent},     {"%muted", t.muted},       {"%error", t.error},
        {"%field", t.field},       {"%card", t.card},         {"%text", t.text},
        {"%line", t.line}};
    for (const auto& [name, colour] : colours) sheet.replace(QLatin1String(name), colour.name());
    return sheet;
}

} // namespace plimsoll::gui
