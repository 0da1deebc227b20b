/// What the editor shows for a new issue.
enum CharterTemplate {
    /// A charter with its four headings.
    static let text = """
        ## Goal


        ## Acceptance
        - [ ]

        ## Scope


        ## Validation


        """
}
