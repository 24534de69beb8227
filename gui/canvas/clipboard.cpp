#include "gui/canvas/clipboard.h"

#include "models/exchange/project_json.h"

namespace plimsoll::gui {
namespace {
const QString kProjectMime = QStringLiteral("application/x-plimsoll-project+json");
} // namespace

std::unique_ptr<QMimeData> toClip(const document::Project& project) {
    const QByteArray json = QByteArray::fromStdString(exchange::projectToJson(project));
    auto data = std::make_unique<QMimeData>();
    data->setData(kProjectMime, json);
    data->setText(QString::fromUtf8(json));
    return data;
}

bool mayBeClip(const QMimeData* data) {
    return data && (data->hasFormat(kProjectMime) || data->text().trimmed().startsWith(u'{'));
}

std::expected<document::Project, document::Error> fromClip(const QMimeData& data) {
    const QByteArray json = data.hasFormat(kProjectMime) ? data.data(kProjectMime) : data.text().toUtf8();
    return exchange::projectFromJson({json.constData(), static_cast<std::size_t>(json.size())});
}

} // namespace plimsoll::gui
