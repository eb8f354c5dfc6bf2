locals {
  versions = merge({
    transformer               = module.transformer.versions
    event_storer              = module.event_storer.versions
    integration_event_emitter = module.integration_event_emitter.versions
  }, module.consumer.versions)

  function_arns = merge({
    transformer               = module.transformer.arn
    event_storer              = module.event_storer.arn
    integration_event_emitter = module.integration_event_emitter.arn
  }, module.consumer.function_arns)

  is_released = alltrue([for version in values(local.versions) : version.live == version.newest])
  release_command = local.is_released ? null : join(" ", concat(
    ["operator release start --region ${data.aws_service.home.region} --table ${var.name} --percent ${var.release.canary_percent} --duration ${var.release.minutes}m"],
    [for alarm in var.release.alarms : "--alarm ${alarm}"],
  ))
}
