#include "gui/inspector/figure_cells.h"

#include "models/text/figure_text.h"
#include "models/text/resource_text.h"

#include <QObject>

#include <algorithm>

namespace plimsoll::gui {
namespace {

QString joined(const text::Figure& figure) {
    return QString::fromStdString(figure.joined());
}

FigureCell cell(const QString& label, const text::Figure& figure, const QString& reason = {}) {
    FigureCell cell{label, QString::fromStdString(figure.number), QString::fromStdString(figure.unit), {}};
    if (figure.unit.empty() && figure.number == text::duration({}).number) {
        cell.tooltip = reason;
        cell.unit = reason;
        cell.tone = FigureCell::Tone::Muted;
    }
    return cell;
}

FigureCell saturation(const assess::ComponentFigures& figures) {
    if (!figures.saturationLoadFactor)
        return {QObject::tr("Saturates at"),
                QObject::tr("never"),
                {},
                QObject::tr("at no load that was tried"),
                FigureCell::Tone::Muted};
    return cell(QObject::tr("Saturates at"), text::factor(figures.saturationLoadFactor));
}

FigureCell errors(const assess::ComponentFigures& figures) {
    FigureCell errors = cell(QObject::tr("Errors"), text::share(figures.errorsPerVisit));
    if (figures.errorsPerVisit == 0)
        errors.unit.clear(); // a known zero
    else
        errors.tone = FigureCell::Tone::Error;
    return errors;
}

} // namespace

QString resourceWord(const std::string& name) {
    return QString::fromStdString(text::resourceWord(name));
}

const assess::ResourceFigures* busiestResource(const assess::ComponentFigures& figures) {
    const auto busiest = std::ranges::max_element(figures.resources, {}, [](const assess::ResourceFigures& resource) {
        return resource.result.utilisation.value;
    });
    return busiest == figures.resources.end() ? nullptr : &*busiest;
}

std::vector<FigureCell> componentCells(const assess::ComponentFigures& figures) {
    std::vector<FigureCell> cells;
    if (const auto* busiest = busiestResource(figures))
        cells.push_back(
            cell(QObject::tr("%1 busy").arg(resourceWord(busiest->name)), text::utilisation(figures.utilisation)));
    cells.push_back(cell(QObject::tr("Offered"), text::rate(figures.offered)));
    cells.push_back(saturation(figures));
    const QString reason = QObject::tr("none");
    if (figures.waitMean) cells.push_back(cell(QObject::tr("Wait, mean"), text::duration(figures.waitMean)));
    if (figures.residenceP99)
        cells.push_back(cell(QObject::tr("Residence p99"), text::duration(figures.residenceP99)));
    else if (figures.responseMean)
        cells.push_back(cell(QObject::tr("Response"), text::duration(figures.responseMean)));
    cells.push_back(errors(figures));
    if (figures.hitRatio) cells.push_back(cell(QObject::tr("Hit ratio"), text::share(figures.hitRatio)));
    return cells;
}

std::vector<FigureCell> overloadCells(const assess::ComponentFigures& figures) {
    std::vector<FigureCell> cells{cell(QObject::tr("Offered"), text::rate(figures.offered)),
                                  cell(QObject::tr("Carried"), text::rate(figures.carried))};
    if (figures.backlogGrowth.value > 0) {
        FigureCell backlog = cell(QObject::tr("Backlog"), text::rate(figures.backlogGrowth));
        backlog.number.prepend('+');
        backlog.tone = FigureCell::Tone::Error;
        cells.push_back(backlog);
    } else
        cells.push_back(errors(figures));
    FigureCell work = cell(QObject::tr("Offered work"), text::utilisation(figures.offeredUtilisation));
    work.tone = FigureCell::Tone::Error;
    cells.push_back(work);
    cells.push_back(saturation(figures));
    cells.push_back(cell(QObject::tr("Residence p99"), text::duration(figures.residenceP99), QObject::tr("unstable")));
    return cells;
}

bool isOverloaded(const assess::ComponentFigures& figures) {
    return figures.backlogGrowth.value > 0 || figures.offeredUtilisation.value_or(0) > 1;
}

QString overloadText(const assess::ComponentFigures& figures) {
    const QString served = QObject::tr("%1 arrive, %2 are served.")
                               .arg(joined(text::rate(figures.offered)), joined(text::rate(figures.carried)));
    if (figures.backlogGrowth.value > 0)
        return QObject::tr("%1 The queue is unlimited, so nothing fails: it grows %2.")
            .arg(served, joined(text::rate(figures.backlogGrowth)));
    return QObject::tr("%1 The queue is limited: %2 fail.").arg(served, joined(text::share(figures.errorsPerVisit)));
}

} // namespace plimsoll::gui
