#include "gui/report/pdf_finish.h"

// Without it qpdf 11 warns about its own move from PointerHolder to std::shared_ptr.
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include <memory>

namespace plimsoll::gui::report {
namespace {

QPDFObjectHandle text(const QString& words) {
    return QPDFObjectHandle::newUnicodeString(words.toStdString());
}

void addOutline(QPDF& pdf, const std::vector<OutlineEntry>& entries) {
    const auto pages = pdf.getAllPages();
    auto root = pdf.makeIndirectObject(QPDFObjectHandle::newDictionary());
    root.replaceKey("/Type", QPDFObjectHandle::newName("/Outlines"));
    std::vector<QPDFObjectHandle> items;
    for (const auto& entry : entries) {
        auto item = pdf.makeIndirectObject(QPDFObjectHandle::newDictionary());
        item.replaceKey("/Title", text(entry.title));
        item.replaceKey("/Parent", root);
        auto destination = QPDFObjectHandle::newArray();
        destination.appendItem(pages.at(static_cast<std::size_t>(entry.page)));
        destination.appendItem(QPDFObjectHandle::newName("/Fit"));
        item.replaceKey("/Dest", destination);
        items.push_back(item);
    }
    for (std::size_t i = 0; i + 1 < items.size(); ++i) {
        items[i].replaceKey("/Next", items[i + 1]);
        items[i + 1].replaceKey("/Prev", items[i]);
    }
    root.replaceKey("/First", items.front());
    root.replaceKey("/Last", items.back());
    root.replaceKey("/Count", QPDFObjectHandle::newInteger(static_cast<long long>(items.size())));
    pdf.getRoot().replaceKey("/Outlines", root);
    pdf.getRoot().replaceKey("/PageMode", QPDFObjectHandle::newName("/UseOutlines"));
}

void replaceInformation(QPDF& pdf, const PdfInfo& info) {
    auto dictionary = pdf.makeIndirectObject(QPDFObjectHandle::newDictionary());
    const std::string date = "D:" + info.date.toString(QStringLiteral("yyyyMMdd")).toStdString() + "000000Z";
    dictionary.replaceKey("/Title", text(info.title));
    dictionary.replaceKey("/Producer", text(QStringLiteral("Plimsoll " PLIMSOLL_VERSION)));
    dictionary.replaceKey("/Creator", text(QStringLiteral("Plimsoll")));
    dictionary.replaceKey("/CreationDate", QPDFObjectHandle::newString(date));
    dictionary.replaceKey("/ModDate", QPDFObjectHandle::newString(date));
    pdf.getTrailer().replaceKey("/Info", dictionary);
    pdf.getRoot().replaceKey("/Lang", QPDFObjectHandle::newString("en"));
    auto preferences = QPDFObjectHandle::newDictionary();
    preferences.replaceKey("/DisplayDocTitle", QPDFObjectHandle::newBool(true));
    pdf.getRoot().replaceKey("/ViewerPreferences", preferences);
}

} // namespace

std::expected<QByteArray, document::Error> finishPdf(const QByteArray& written, const PdfInfo& info) {
    try {
        QPDF pdf;
        pdf.processMemoryFile("report", written.constData(), static_cast<std::size_t>(written.size()));
        if (!info.outline.empty()) addOutline(pdf, info.outline);
        replaceInformation(pdf, info);
        QPDFWriter writer(pdf);
        writer.setOutputMemory();
        writer.setDeterministicID(true);
        writer.write();
        const std::unique_ptr<Buffer> buffer(writer.getBuffer());
        return QByteArray(reinterpret_cast<const char*>(buffer->getBuffer()),
                          static_cast<qsizetype>(buffer->getSize()));
    } catch (const std::exception& failure) {
        return std::unexpected(document::Error{"report", "", failure.what()});
    }
}

} // namespace plimsoll::gui::report
