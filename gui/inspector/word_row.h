#pragma once
#include "gui/inspector/bindings.h"
#include "gui/inspector/edit_burst.h"
#include "gui/inspector/row.h"

class QCheckBox;

namespace plimsoll::gui {

class WordBox;

/// A choice of words, as a combo box.
class ChoiceRow : public Row {
    Q_OBJECT
public:
    struct Word {
        std::string word;
        QString label;
    };
    ChoiceRow(Document& document, const QString& key, const QString& label, const QString& help,
              const std::vector<Word>& words, WordBinding binding, QWidget* parent = nullptr);
    void refresh() override;
    WordBox* box() const { return m_box; }

private:
    WordBinding m_binding;
    EditBurst m_burst;
    WordBox* m_box;
};

/// A switch, as a check box.
class SwitchRow : public Row {
    Q_OBJECT
public:
    SwitchRow(Document& document, const QString& key, const QString& label, const QString& help, WordBinding binding,
              QWidget* parent = nullptr);
    void refresh() override;
    QCheckBox* box() const { return m_box; }

private:
    WordBinding m_binding;
    EditBurst m_burst;
    QCheckBox* m_box;
};

} // namespace plimsoll::gui
