#include "gui/toolbar/scenario_box.h"

#include "gui/theme/theme.h"

#include <QEvent>
#include <QPainter>
#include <QPixmap>
#include <QSignalBlocker>

namespace plimsoll::gui {
namespace {

constexpr int kIcon = 12, kDot = 8;

QIcon dot(const QColor& colour, double ratio) {
    QPixmap pixmap(QSize(kIcon, kIcon) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(QRectF((kIcon - kDot) / 2.0, (kIcon - kDot) / 2.0, kDot, kDot));
    return pixmap;
}

} // namespace

ScenarioBox::ScenarioBox(Document& document, ViewState& view, QWidget* parent)
    : WordBox(parent), m_document(document), m_view(view) {
    setObjectName(QStringLiteral("scenario"));
    setAccessibleName(tr("Scenario"));
    setMinimumWidth(172);
    setIconSize({kIcon, kIcon});
    connect(&document, &Document::changed, this, &ScenarioBox::refresh);
    connect(&view, &ViewState::scenarioChanged, this, &ScenarioBox::refresh);
    connect(this, &QComboBox::activated, this,
            [this](int index) { m_view.setScenario(itemData(index).toString().toStdString()); });
    refresh();
}

void ScenarioBox::refresh() {
    const QSignalBlocker quiet(this);
    const Theme& theme = themeFor(palette());
    clear();
    std::size_t index = 0;
    for (const auto& scenario : m_document.project().scenarios)
        addItem(dot(theme.series[index++ % theme.series.size()], devicePixelRatioF()),
                QString::fromStdString(scenario->name), QString::fromStdString(scenario->id));
    setCurrentIndex(findData(QString::fromStdString(m_view.scenario())));
}

void ScenarioBox::changeEvent(QEvent* event) {
    WordBox::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) refresh();
}

} // namespace plimsoll::gui
