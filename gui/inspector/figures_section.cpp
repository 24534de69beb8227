#include "gui/inspector/figures_section.h"

#include "gui/inspector/figure_grid.h"
#include "gui/inspector/resource_list.h"
#include "gui/theme/fonts.h"
#include "gui/widgets/note_box.h"
#include "models/assess/method_text.h"
#include "models/text/figure_text.h"

#include <QLabel>
#include <QVBoxLayout>

namespace plimsoll::gui {
namespace {

QString fromText(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// "96.0/s, 74 % busy, 18.1 ms of waiting": the numbers that the method gave for this resource.
QString resultText(const assess::ResourceFigures& resource) {
    QStringList parts{
        QObject::tr("%1 arrive").arg(QString::fromStdString(text::rate(resource.result.offered).joined())),
        QObject::tr("%1 busy").arg(
            QString::fromStdString(text::utilisation(resource.result.utilisation.value).joined()))};
    if (resource.result.wait)
        parts +=
            QObject::tr("wait %1").arg(QString::fromStdString(text::duration(resource.result.wait->mean).joined()));
    return parts.join(QStringLiteral(", "));
}

} // namespace

FiguresSection::FiguresSection(QWidget* parent) : Section(tr("Figures"), parent) {
    setObjectName(QStringLiteral("figures"));
    m_grid = new FigureGrid(this);
    m_resources = new ResourceList(this);
    m_none = new QLabel(this);
    m_none->setFont(uiFont(12));
    m_none->setForegroundRole(QPalette::PlaceholderText);
    m_none->setWordWrap(true);
    m_none->setContentsMargins(28, 2, 12, 6);
    m_method = new NoteBox(NoteBox::Tone::Info, this);
    m_method->setObjectName(QStringLiteral("method"));
    auto* frame = new QVBoxLayout;
    frame->setContentsMargins(16, 6, 16, 4);
    frame->addWidget(m_method);
    body()->addWidget(m_none);
    body()->addWidget(m_grid);
    body()->addWidget(m_resources);
    body()->addLayout(frame);
}

void FiguresSection::showFigures(const assess::ComponentFigures* figures, double loadFactor, bool stale,
                                 const QString& reason) {
    setNote(figures ? tr("at %1").arg(QString::fromStdString(text::factor(loadFactor).joined())) : QString());
    m_none->setVisible(!figures);
    m_none->setText(QStringLiteral("– ") + reason);
    m_grid->setVisible(figures);
    m_resources->setVisible(figures && figures->resources.size() > 1);
    m_method->setVisible(figures && busiestResource(*figures));
    if (!figures) return;
    m_grid->showCells(isOverloaded(*figures) ? overloadCells(*figures) : componentCells(*figures), stale);
    m_resources->showResources(figures->resources, stale);
    showMethod(*figures);
}

void FiguresSection::showMethod(const assess::ComponentFigures& figures) {
    const auto* busiest = busiestResource(figures);
    if (!busiest) return;
    const auto& method = busiest->result.method;
    const assess::MethodText* words = assess::methodText(method.id);
    QString quiet;
    if (words) quiet = tr("Right if: %1").arg(fromText(words->assumptions));
    if (!method.insideValidity) quiet = tr("Outside the range that was checked. %1").arg(quiet);
    m_method->setTexts(tr("How is this computed"),
                       words ? tr("%1: %2. %3").arg(fromText(words->name), resultText(*busiest), fromText(words->text))
                             : resultText(*busiest),
                       quiet);
}

} // namespace plimsoll::gui
