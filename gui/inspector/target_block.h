#pragma once
#include "gui/inspector/page.h"

class QLabel;
class QToolButton;

namespace plimsoll::gui {

class BoundField;
class MessageLine;
class WordBox;

/// One target on the project page: request type, metric, bound; below it how things stand.
class TargetBlock : public QWidget {
    Q_OBJECT
public:
    TargetBlock(const PageContext& context, std::size_t index, QWidget* parent = nullptr);
    void refresh();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void refreshVerdict();
    void recolour();
    void apply(const QString& text, std::vector<document::Target> targets);
    const document::Target* target() const;

    PageContext m_context;
    std::size_t m_index;
    WordBox *m_class, *m_metric;
    QLabel* m_sign;
    BoundField* m_bound;
    QToolButton* m_remove;
    MessageLine *m_typed, *m_verdict;
};

} // namespace plimsoll::gui
