#include "gui/inspector/inspector_view.h"

#include "gui/inspector/component_page.h"
#include "gui/inspector/link_page.h"
#include "gui/inspector/project_page.h"
#include "gui/widgets/unit_field.h"

#include <QKeyEvent>
#include <QScrollBar>

namespace plimsoll::gui {
namespace {

constexpr int kLeast = 280, kMost = 480; // ux.md section 2

QString fromText(const std::string& text) {
    return QString::fromStdString(text);
}

} // namespace

InspectorView::InspectorView(Document& document, ViewState& view, Figures& figures, QWidget* parent)
    : QScrollArea(parent), m_document(document), m_view(view), m_figures(figures) {
    setObjectName(QStringLiteral("inspector"));
    setAccessibleName(tr("Inspector"));
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumWidth(kLeast);
    setMaximumWidth(kMost);
    connect(&document, &Document::changed, this, &InspectorView::refresh);
    connect(&document, &Document::selectionChanged, this, &InspectorView::refresh);
    connect(&view, &ViewState::scenarioChanged, this, &InspectorView::refresh);
    connect(&figures, &Figures::changed, this, &InspectorView::refresh);
    refresh();
}

/// The page goes first: a field that loses the focus commits, and this follows.
InspectorView::~InspectorView() {
    delete takeWidget();
}

/// Two equal texts: the page that is there can show it.
QString InspectorView::shapeNow() const {
    const auto* scenario = document::findScenario(m_document.project(), m_view.scenario());
    const Selection& selection = m_document.selection();
    QString shape = fromText(m_view.scenario());
    for (const auto& one : m_document.project().classes)
        shape += QStringLiteral("|c:") + fromText(one.id + '/' + one.name);
    if (!scenario) return shape;
    for (const auto& id : selection.components)
        if (const auto* component = document::findComponent(*scenario, id))
            shape += QStringLiteral("|s:") + fromText(id + '/' + component->type);
    if (!selection.components.empty()) return shape;
    for (const auto& [from, to] : selection.links)
        if (document::findLink(*scenario, from, to))
            return shape + QStringLiteral("|l:") + LinkPage::shape(m_document, m_view, {from, to});
    return shape + QStringLiteral("|p:") + ProjectPage::shape(m_document);
}

Page* InspectorView::makePage() {
    const PageContext context{m_document, m_view, m_figures, m_folded};
    const auto* scenario = document::findScenario(m_document.project(), m_view.scenario());
    const Selection& selection = m_document.selection();
    std::vector<document::Id> ids;
    if (scenario)
        for (const auto& id : selection.components)
            if (document::findComponent(*scenario, id)) ids.push_back(id);
    if (!ids.empty()) return new ComponentPage(context, std::move(ids));
    if (scenario)
        for (const auto& link : selection.links)
            if (document::findLink(*scenario, link.first, link.second)) return new LinkPage(context, link);
    return new ProjectPage(context);
}

void InspectorView::refresh() {
    const QString shape = shapeNow();
    if (shape == m_shape && m_page) return m_page->refresh();
    // The old page may be the sender of what led here: it goes when control is back in the event loop. And a page that
    // only got another row keeps its place.
    const bool sameSubject = m_page && m_shape.section('|', -1).left(2) == shape.section('|', -1).left(2);
    const int place = sameSubject ? verticalScrollBar()->value() : 0;
    m_shape = shape;
    if (auto* old = takeWidget()) {
        old->hide();
        old->disconnect();
        old->deleteLater();
    }
    m_page = makePage();
    setWidget(m_page);
    m_page->setAutoFillBackground(true);
    verticalScrollBar()->setValue(place);
}

void InspectorView::focusFirstField() {
    for (auto* field : m_page->findChildren<UnitField*>()) {
        if (!field->isVisibleTo(m_page)) continue;
        field->setFocus(Qt::ShortcutFocusReason);
        field->selectAll();
        return;
    }
}

void InspectorView::focusName() {
    if (auto* name = m_page->findChild<QLineEdit*>(QStringLiteral("name")); name && !name->isReadOnly()) {
        name->setFocus(Qt::ShortcutFocusReason);
        name->selectAll();
    }
}

void InspectorView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return emit leaveWanted();
    QScrollArea::keyPressEvent(event);
}

} // namespace plimsoll::gui
