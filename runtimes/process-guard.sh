#!/bin/sh
# Ends the process groups of function processes when the server is gone, even after kill -9.
# The server holds the other end of standard input and writes "+ PGID" and "- PGID" lines.
groups=" "
while read -r change group; do
  case "$change" in
    +) groups="$groups$group " ;;
    -)
      case "$groups" in
        *" $group "*) groups="${groups%%" $group "*} ${groups#*" $group "}" ;;
      esac
      ;;
  esac
done
for group in $groups; do
  kill -s KILL -- "-$group" 2>/dev/null
done
exit 0
