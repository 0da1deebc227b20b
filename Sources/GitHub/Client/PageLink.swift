/// A link to a page, followed as it is.
///
/// GitHub leads to pages by `/repositories/ID/…` and cursors that mean nothing to others: such URLs are never made, only followed.
///
/// Source: https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api#using-link-headers
package struct PageLink: Sendable, Hashable, CustomStringConvertible {
    /// The whole URL.
    package let url: String

    /// A link that was kept, as in a cursor in the database.
    package init(url: String) {
        self.url = url
    }

    /// The URL.
    package var description: String { url }
}
