#include "gui/toolbar/load_bar.h"

#include "gui/theme/fonts.h"
#include "gui/theme/theme.h"
#include "gui/toolbar/load_slider.h"
#include "models/text/figure_text.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QStyle>

namespace plimsoll::gui {

LoadBar::LoadBar(Document& document, ViewState& view, Figures& figures, QWidget* parent)
    : QWidget(parent), m_document(document), m_view(view), m_figures(figures) {
    setObjectName(QStringLiteral("loadBar"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto* label = new QLabel(tr("Load"), this);
    label->setForegroundRole(QPalette::PlaceholderText);
    m_slider = new LoadSlider(this);
    label->setBuddy(m_slider);
    m_field = new QLineEdit(this);
    m_field->setObjectName(QStringLiteral("loadField"));
    m_field->setAccessibleName(tr("Load factor"));
    m_field->setAlignment(Qt::AlignRight);
    m_field->setFont(uiFont(13, QFont::DemiBold));
    m_field->setFixedSize(64, 28);
    m_field->installEventFilter(this);
    m_arrivals = new QLabel(this);
    m_arrivals->setObjectName(QStringLiteral("arrivals"));
    m_arrivals->setForegroundRole(QPalette::PlaceholderText);
    m_arrivals->setMinimumWidth(
        QFontMetrics(uiFont(13)).horizontalAdvance(QStringLiteral("84.0 M/s"))); // does not dance
    layout->addWidget(label);
    layout->addWidget(m_slider, 1);
    layout->addWidget(m_field);
    layout->addWidget(m_arrivals);
    makeActions();
    connect(m_slider, &LoadSlider::factorChanged, &view, &ViewState::setLoadFactor);
    connect(m_field, &QLineEdit::textEdited, this, &LoadBar::typed);
    connect(m_field, &QLineEdit::editingFinished, this, &LoadBar::showField);
    connect(&view, &ViewState::loadFactorChanged, this, &LoadBar::refresh);
    connect(&figures, &Figures::changed, this, &LoadBar::refresh);
    connect(&document, &Document::changed, this, &LoadBar::refresh);
    refresh();
    showField();
}

LoadBar::~LoadBar() {
    m_field->disconnect(this); // it may lose the focus after this is gone
}

void LoadBar::makeActions() {
    const auto add = [this](const QString& text, const QString& name, Qt::Key key, auto deed) {
        auto* action = new QAction(text, this);
        action->setObjectName(name);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, deed);
        m_actions += action;
    };
    add(tr("Less load"), QStringLiteral("lessLoad"), Qt::Key_BracketLeft,
        [this] { m_view.setLoadFactor(nextLoadStep(m_view.loadFactor(), false)); });
    add(tr("More load"), QStringLiteral("moreLoad"), Qt::Key_BracketRight,
        [this] { m_view.setLoadFactor(nextLoadStep(m_view.loadFactor(), true)); });
    add(tr("Load back to ×1"), QStringLiteral("loadBack"), Qt::Key_Backslash, [this] { m_view.setLoadFactor(1); });
}

void LoadBar::refresh() {
    const double factor = m_view.loadFactor();
    m_slider->setFactor(factor);
    const LoadMarks marks = loadMarks(m_document.project(), m_figures.assessment());
    const bool beyond = marks.saturation && factor > *marks.saturation;
    m_slider->setMarks(marks);
    m_arrivals->setText(arrivalsText(m_document.project(), factor));
    if (!m_field->hasFocus() || !m_field->isModified()) showField();
    QPalette colours = palette();
    if (beyond) colours.setColor(QPalette::Text, themeFor(palette()).error);
    m_field->setPalette(colours);
}

void LoadBar::showField() {
    m_field->setText(QString::fromStdString(text::factor(m_view.loadFactor()).joined()));
    m_before = m_view.loadFactor();
    setInvalid({});
}

void LoadBar::typed(const QString& text) {
    if (text.trimmed().isEmpty()) return setInvalid({});
    const auto factor = parseLoadFactor(text);
    if (!factor) return setInvalid(factor.error());
    setInvalid({});
    m_view.setLoadFactor(*factor);
}

void LoadBar::setInvalid(const QString& reason) {
    m_field->setToolTip(reason.isEmpty() ? tr("Multiplies all arrivals: ×0.1 to ×100") : reason);
    if (m_field->property("invalid").toBool() == !reason.isEmpty()) return;
    m_field->setProperty("invalid", !reason.isEmpty());
    m_field->style()->unpolish(m_field);
    m_field->style()->polish(m_field);
}

bool LoadBar::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    if (static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        m_view.setLoadFactor(m_before);
        showField();
        m_field->selectAll();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void LoadBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) refresh();
}

} // namespace plimsoll::gui
