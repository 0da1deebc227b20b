extension ProjectsWorkflow {
    /// The file, with places for the names of the labels.
    static let template = #"""
        # Keeps the Status of a GitHub Project as the labels of orch are. Written by `orch init --projects-workflow`.
        #
        # To set it up:
        #   1. Make a token that may write the project: a classic one with the scopes `project` and `repo` (GitHub's own
        #      GITHUB_TOKEN can't reach projects), or that of a GitHub App with Projects: write and Issues: read.
        #      gh secret set PROJECT_TOKEN
        #   2. Say which project: gh variable set PROJECT_URL --body https://github.com/orgs/OWNER/projects/NUMBER
        #      or the two variables PROJECT_OWNER and PROJECT_NUMBER. PROJECT_FIELD names another field than Status.
        #
        # Each run looks at the issue as it is now, not as the event had it: runs may be late, or one may be left out, and the last
        # one is right. STATUS_OF_LABEL below says which Status a label stands for: of each list the first that the project has.
        name: Labels to project

        on:
          issues:
            types: [opened, labeled, unlabeled, closed, reopened]
          workflow_dispatch:
            inputs:
              issue:
                description: The number of the issue to look at
                required: true
                type: number

        # One run at a time for each issue; of those that wait, the newest stays.
        concurrency:
          group: labels-to-project-${{ github.event.issue.number || inputs.issue }}
          cancel-in-progress: false

        # What is done is done with the secret.
        permissions: {}

        jobs:
          sync:
            runs-on: ubuntu-latest
            timeout-minutes: 5
            steps:
              - name: Set the Status
                shell: bash
                env:
                  GH_TOKEN: ${{ secrets.PROJECT_TOKEN }}
                  PROJECT_URL: ${{ vars.PROJECT_URL }}
                  PROJECT_OWNER: ${{ vars.PROJECT_OWNER }}
                  PROJECT_NUMBER: ${{ vars.PROJECT_NUMBER }}
                  PROJECT_FIELD: ${{ vars.PROJECT_FIELD || 'Status' }}
                  ISSUE: ${{ github.event.issue.number || inputs.issue }}
                  ACTION: ${{ github.event.action }}
                  LABEL: ${{ github.event.label.name }}
                  # Labels in the order in which they count when an issue has two of them.
                  STATUS_OF_LABEL: |
                    @LABELS@
                  # An issue that is closed, and one that has none of these labels any more.
                  STATUS_OF_CLOSED: '["Done"]'
                  STATUS_OF_OTHERS: '["Todo", "Backlog"]'
                  # Issues that have, or just lost, one of these are looked at; all others are left alone.
                  OUR_LABELS: |
                    @OURS@
                run: |
                  set -euo pipefail
                  fail() { echo "::error title=labels-to-project::$1" >&2; exit 1; }
                  warn() { echo "::warning title=labels-to-project::$1"; }
                  leave() { echo "$1"; exit 0; }

                  # 1. Is it about us?
                  case "${ACTION:-}" in
                    labeled | unlabeled)
                      is_ours=$(jq -rn --arg name "${LABEL:-}" --argjson ours "$OUR_LABELS" \
                        '$ours | map(ascii_downcase) | index($name | ascii_downcase) != null')
                      [[ $is_ours == true ]] || leave "The label is none of orch's." ;;
                  esac

                  # 2. Is it set up?
                  url=${PROJECT_URL:-} owner=${PROJECT_OWNER:-} project=${PROJECT_NUMBER:-}
                  if [[ $url =~ ^https?://[^/]+/(orgs|users)/([^/]+)/projects/([0-9]+) ]]; then
                    owner=${BASH_REMATCH[2]} project=${BASH_REMATCH[3]}
                  elif [[ -n $url ]]; then
                    fail "The variable PROJECT_URL is no project: write https://github.com/orgs/OWNER/projects/NUMBER, or /users/."
                  fi
                  [[ -n $owner && $project =~ ^[0-9]+$ ]] ||
                    fail "Set the repository variable PROJECT_URL, or PROJECT_OWNER and PROJECT_NUMBER."
                  [[ $ISSUE =~ ^[0-9]+$ ]] || fail "There is no issue number to look at."
                  [[ -n ${GH_TOKEN:-} ]] ||
                    fail "Set the repository secret PROJECT_TOKEN: a token with the scopes project and repo."
                  export GH_HOST=${GITHUB_SERVER_URL#*://}
                  export GH_ENTERPRISE_TOKEN=$GH_TOKEN
                  ask() { gh api graphql "$@" || fail "GitHub refused: see the line above. Are owner and number right, and has the token the scopes project and repo?"; }

                  # 3. The project and its field.
                  answer=$(ask -f login="$owner" -F number="$project" -f field="$PROJECT_FIELD" -f query='
                    query($login: String!, $number: Int!, $field: String!) {
                      repositoryOwner(login: $login) {
                        ... on Organization { projectV2(number: $number) { ...facts } }
                        ... on User { projectV2(number: $number) { ...facts } }
                      }
                    }
                    fragment facts on ProjectV2 {
                      id
                      closed
                      field(name: $field) { ... on ProjectV2SingleSelectField { id options { id name } } }
                    }')
                  project_id=$(jq -r '.data.repositoryOwner.projectV2.id // empty' <<<"$answer")
                  field_id=$(jq -r '.data.repositoryOwner.projectV2.field.id // empty' <<<"$answer")
                  options=$(jq -c '.data.repositoryOwner.projectV2.field.options // []' <<<"$answer")
                  [[ -n $project_id ]] || fail "There is no project $project of $owner, or the token may not see it."
                  [[ -n $field_id ]] || fail "The project has no field $PROJECT_FIELD with single options."

                  # 4. The issue as it is now, and what stands in the project.
                  answer=$(ask -f owner="${GITHUB_REPOSITORY%%/*}" -f name="${GITHUB_REPOSITORY#*/}" -F number="$ISSUE" \
                    -f field="$PROJECT_FIELD" -f query='
                    query($owner: String!, $name: String!, $number: Int!, $field: String!) {
                      repository(owner: $owner, name: $name) {
                        issue(number: $number) {
                          id
                          state
                          labels(first: 100) { nodes { name } }
                          projectItems(first: 100, includeArchived: true) {
                            nodes {
                              id
                              isArchived
                              project { id }
                              fieldValueByName(name: $field) { ... on ProjectV2ItemFieldSingleSelectValue { optionId } }
                            }
                          }
                        }
                      }
                    }')
                  issue=$(jq -c '.data.repository.issue // empty' <<<"$answer")
                  [[ -n $issue ]] || fail "There is no issue $ISSUE in $GITHUB_REPOSITORY, or the token may not see it."
                  item=$(jq -c --arg project "$project_id" \
                    '[.projectItems.nodes[] | select(.project.id == $project)][0] // empty' <<<"$issue")
                  if [[ -n $item && $(jq -r '.isArchived' <<<"$item") == true ]]; then
                    leave "The issue is archived in the project."
                  fi

                  # 5. What the Status is to be: closed counts first, then the labels in their order.
                  wanted=$(jq -c --argjson map "$STATUS_OF_LABEL" --argjson ours "$OUR_LABELS" \
                    --argjson closed "$STATUS_OF_CLOSED" --argjson others "$STATUS_OF_OTHERS" '
                    [.labels.nodes[].name | ascii_downcase] as $labels
                    | ($ours | map(ascii_downcase)) as $ours
                    | any($labels[]; . as $name | $ours | index($name) != null) as $is_ours
                    | if .state == "CLOSED" then {status: $closed, is_ours: $is_ours}
                      else {
                        status: (first($map[] | select(.[0] | ascii_downcase | . as $name | $labels | index($name) != null) | .[1]) // $others),
                        is_ours: $is_ours
                      } end' <<<"$issue")
                  # One that just lost its last label of ours is put back, if it is there.
                  if [[ $(jq -r '.is_ours' <<<"$wanted") != true ]] && [[ -z $item || ${ACTION:-} != unlabeled ]]; then
                    leave "The issue has none of the labels of orch."
                  fi
                  option=$(jq -rn --argjson wanted "$wanted" --argjson options "$options" '
                    first($wanted.status[] as $name | $options[] | select((.name | ascii_downcase) == ($name | ascii_downcase)) | .id) // empty')
                  if [[ -z $option ]]; then
                    names=$(jq -rn --argjson options "$options" '[$options[].name] | join(", ")')
                    warn "The project has no $PROJECT_FIELD called $(jq -r '.status | join(" or ")' <<<"$wanted"); it has: $names. Add one, or change STATUS_OF_LABEL in labels-to-project.yml."
                  fi

                  # 6. Into the project, if it is not there; GitHub makes no second item.
                  if [[ -z $item ]]; then
                    answer=$(ask -f project="$project_id" -f issue="$(jq -r .id <<<"$issue")" -f query='
                      mutation($project: ID!, $issue: ID!) {
                        addProjectV2ItemById(input: {projectId: $project, contentId: $issue}) { item { id } }
                      }')
                    item=$(jq -c '.data.addProjectV2ItemById.item // empty' <<<"$answer")
                    [[ -n $item ]] || fail "The issue could not be added to the project."
                    echo "Added to the project."
                  fi

                  # 7. The Status, if it is another one.
                  [[ -n $option ]] || exit 0
                  if [[ $(jq -r '.fieldValueByName.optionId // empty' <<<"$item") == "$option" ]]; then
                    leave "The Status is right."
                  fi
                  ask -f project="$project_id" -f item="$(jq -r .id <<<"$item")" -f field="$field_id" -f option="$option" -f query='
                    mutation($project: ID!, $item: ID!, $field: ID!, $option: String!) {
                      updateProjectV2ItemFieldValue(
                        input: {projectId: $project, itemId: $item, fieldId: $field, value: {singleSelectOptionId: $option}}
                      ) { projectV2Item { id } }
                    }' >/dev/null
                  echo "The Status is set."

        """#
}
