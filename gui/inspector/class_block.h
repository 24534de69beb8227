#pragma once
#include "gui/inspector/page.h"

class QLineEdit;
class QToolButton;

namespace plimsoll::gui {

class Row;
class RowHover;
class WordBox;

/// One request type on the project page: colour, name, rate or users, and the numbers of its workload.
class ClassBlock : public QWidget {
    Q_OBJECT
public:
    ClassBlock(const PageContext& context, const document::Id& classId, int seriesIndex, RowHover* hover,
               QWidget* parent = nullptr);
    void refresh();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void buildHead();
    void rename();
    void recolour();
    bool apply(const QString& text, document::RequestClass changed);

    PageContext m_context;
    document::Id m_id;
    int m_series;
    QLineEdit* m_name;
    WordBox* m_kind;
    QToolButton* m_remove;
    std::vector<Row*> m_rows;
};

} // namespace plimsoll::gui
