// File > Export: the PDF report, the canvas as PNG or SVG, the project as JSON.
#pragma once
#include "gui/document/document.h"
#include "gui/document/figures.h"
#include "gui/document/view_state.h"

#include <QAction>
#include <QObject>

#include <expected>
#include <functional>

class QWidget;

namespace plimsoll::gui {

class ExportActions : public QObject {
    Q_OBJECT
public:
    ExportActions(Document& document, ViewState& view, Figures& figures, QWidget& window);

    /// In the order of the menu.
    QAction *pdf, *png, *svg, *json;

    std::expected<void, document::Error> writePdf(const QString& file) const;
    std::expected<void, document::Error> writePng(const QString& file) const; // 2x, light
    std::expected<void, document::Error> writeSvg(const QString& file) const; // light
    std::expected<void, document::Error> writeJson(const QString& file) const;

signals:
    void failed(const plimsoll::document::Error& error);
    void written(const QString& file);

private:
    using Writer = std::expected<void, document::Error> (ExportActions::*)(const QString&) const;
    QAction* action(const QString& text, const QString& name, const QString& filter, const QString& suffix,
                    Writer writer);
    void refresh();

    Document& m_document;
    ViewState& m_view;
    Figures& m_figures;
    QWidget& m_window;
};

} // namespace plimsoll::gui
