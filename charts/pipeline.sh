#!/bin/sh
# A reference pipeline for a GitOps repository with shop.yaml, images.yaml, sales/ and manifests/.
#
#   charts/pipeline.sh check          facts, manifests, freeze: what a pull request must pass
#   charts/pipeline.sh synth          write manifests/ from the facts and commit them
#   charts/pipeline.sh promote A B    give environment B the images of A, synthesize, commit
#
# Run inside the repository. HEADSTART is the folder of this project's clone; HEADSTART_IMAGE names the operator's image;
# FREEZE_AT asks for another instant than now.
set -eu

repository=$(pwd)
headstart=${HEADSTART:-$(cd "$(dirname "$0")/.." && pwd)}
# The windows that are open or to come: those of a sale that is over go with the next synthesis, so run it every day.
freezes=$(mktemp)
trap 'rm -f "$freezes"' EXIT
synth() {
  cli freeze windows "$repository/sales" -o json ${FREEZE_AT:+--at "$FREEZE_AT"} >"$freezes"
  (
    cd "$headstart"
    npm run --silent synth -- --facts "$repository/shop.yaml" --freezes "$freezes" \
      --terraform "$repository/terraform" ${HEADSTART_IMAGE:+--image "$HEADSTART_IMAGE"} "$@"
  )
}
cli() { (cd "$headstart" && npm exec --no -- node src/main.ts "$@"); }

# Each cluster by itself: what has one name in two clusters is two objects.
validate() {
  if [ -d "$repository/manifests/clusters" ]; then
    for folder in "$repository"/manifests/clusters/*/ "$repository/manifests/delivery"; do cli validate "$folder"; done
  else
    cli validate "$repository/manifests"
  fi
}

check() {
  synth --diff "$repository/manifests"
  validate
  cli freeze check "$repository/sales" ${FREEZE_AT:+--at "$FREEZE_AT"}
}

commit() {
  git add -A
  git diff --cached --quiet || git commit --quiet --message "$1"
}

case ${1:-} in
check)
  check
  ;;
synth)
  synth --out "$repository/manifests"
  validate
  commit "Synthesize manifests"
  ;;
promote)
  cli freeze check "$repository/sales" ${FREEZE_AT:+--at "$FREEZE_AT"}
  (cd "$headstart" && npm exec --no -- node charts/promote-images.ts "$repository/images.yaml" "$2" "$3")
  synth --out "$repository/manifests"
  validate
  commit "Promote $2 to $3"
  ;;
*)
  sed -n '2,10p' "$0"
  exit 2
  ;;
esac
