#!/bin/bash
# Pass settings of the environment on as options, as the entry point of the image opensearchproject/opensearch does.
options=(-Enetwork.host=0.0.0.0)
while IFS='=' read -r name value; do
    # node.name=opensearch-1
    if [[ $name =~ ^[a-z0-9_]+\.[a-z0-9_.]+$ ]]; then options+=("-E$name=$value"); fi
done < <(env)
exec bin/opensearch "${options[@]}"
